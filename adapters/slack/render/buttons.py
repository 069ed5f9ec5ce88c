"""What surrounds a reply: where it appears and whose it is, and the buttons that follow from that.

They rate a reply, share it, hand its question to a person, or take it away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from adapters.conversations import texts
from adapters.slack.markup import quote_line
from adapters.slack.render import layout
from adapters.slack.render.layout import ACTION, ASK, Block, button, confirmed, context, plain, plain_text
from bot.action_codec import encode
from bot.actions import Action, AskPerson, Delete, Rate, ShowCode
from bot.replies import Answer, CodeComparison

ASK_A_PERSON = "Ask a person"
LONGEST_QUESTION = 150
"""Characters of a question that travel in buttons and stand above an answer."""


class Surface(StrEnum):
    """A place in Slack where people read the advisor."""

    CHANNEL = "channel"
    """Everybody in a channel reads it."""
    DIRECT = "direct"
    """A direct message."""
    PRIVATE = "private"
    """In a channel, but only one person sees it, until they reload."""
    MODAL = "modal"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Commands:
    """What the slash commands are called in this workspace."""

    ask: str = "/advisor"
    recommend: str = "/recommend"


USUAL_COMMANDS = Commands()


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What surrounds a reply."""

    surface: Surface
    ref: str = ""
    """Names the turn in buttons that come back to it."""
    owner: str = ""
    """The pseudonym of the person who asked."""
    user: str = ""
    """The Slack id of the person who asked."""
    shared_by: str = ""
    """The Slack id of the person who had a private answer shown to everybody."""
    shared: bool = False
    """Whether this private answer has been shared already."""
    question: str = ""
    """What was asked, in the person's words; empty where a button led here."""
    share_to: str = ""
    """The time stamp of the message under which a private answer is shared; empty for the channel itself."""
    asks_people: bool = False
    """Whether the workspace has a channel where people answer what the advisor cannot."""
    commands: Commands = USUAL_COMMANDS
    name: str = "Advisor"
    """What the advisor is called: the title of its modals."""

    @property
    def in_view(self) -> bool:
        """Whether this is a modal or the App Home, which take fewer kinds of blocks than messages."""
        return self.surface in (Surface.MODAL, Surface.HOME)

    @property
    def can_share(self) -> bool:
        """Whether a reply here can still be shown to everybody."""
        return self.surface is Surface.PRIVATE and not self.shared

    @property
    def can_delete(self) -> bool:
        """Whether the advisor's message stays until somebody takes it away."""
        return self.surface in (Surface.CHANNEL, Surface.DIRECT) and bool(self.owner)

    @property
    def quotes(self) -> str:
        """The question to repeat above a reply: where readers cannot see it otherwise."""
        hidden = self.surface in (Surface.PRIVATE, Surface.MODAL) or self.shared_by
        return self.question if hidden else ""

    def carrying(self, action: Action) -> str:
        """Return the value of a button that needs the question and the thread when it is pressed."""
        return written_value(encode(action), self.share_to, self.question)


def written_value(action: str, thread: str = "", question: str = "") -> str:
    """Return a button's value: an action, and in lines below it a thread and a question where there are any."""
    flat = " ".join(question.split())
    short = flat if len(flat) <= LONGEST_QUESTION else flat[: LONGEST_QUESTION - 1] + "…"
    return f"{action}\n{thread}\n{short}".rstrip("\n")


def read_value(value: str) -> tuple[str, str, str]:
    """Return the action, the thread and the question of a button's value; empty where it has none."""
    action, _, rest = value.partition("\n")
    thread, _, question = rest.partition("\n")
    return action, thread, question


def quoted(around: RenderContext) -> Iterator[Block]:
    """Yield the question above a reply whose readers cannot see it otherwise."""
    if around.quotes:
        yield context(quote_line(around.quotes))


def message_actions(around: RenderContext, about: str = "") -> Iterator[Block]:
    """Yield the row under a message: the thumbs for what it is about, if anything, and the asker's delete button.

    `about` is a topic, "not-known" or "guide". Modals and the App Home take no such row.
    """
    elements: list[Block] = []
    if about and not around.in_view:
        elements.append(_thumbs(about, around))
    if around.can_delete:
        elements.append(_delete(around))
    if elements:
        yield {"type": "context_actions", "elements": elements}


def share(around: RenderContext, action: Action | None) -> Iterator[Block]:
    """Yield the button that shows a private reply to everybody, where that can be done."""
    if action and around.can_share:
        where = "Share in thread" if around.share_to else "Share in channel"
        yield button(where, around.carrying(action), "Show this to everybody in the channel")


def show_code(said: Answer) -> Iterator[Block]:
    """Yield the button that shows as code what an answer is about, where there is some."""
    if said.code:
        shown = ShowCode(said.topic, said.side or "", said.question or "")
        yield button(texts.SHOW_CODE, shown, f"Show the code for {said.title}")


def other_code(said: CodeComparison) -> Iterator[Block]:
    """Yield a button for each side whose code is not shown."""
    for other in said.other_sides:
        shown = ShowCode(said.topic, other.side, said.question or "")
        yield button(f"And {other.name}?", shown, f"Show the code for {other.name}")


def ask_person(around: RenderContext) -> Iterator[Block]:
    """Yield the button that posts the question for people to answer, where the workspace has a channel for it."""
    if around.asks_people and around.question:
        yield button(ASK_A_PERSON, around.carrying(AskPerson(around.ref)), "Post this question for people to answer")


def ask(question: str) -> Block:
    """Return a button that asks a question."""
    return button(question, written_value(ASK, "", question), f"Ask: {question}")


def _thumbs(about: str, around: RenderContext) -> Block:
    return {
        "type": "feedback_buttons",
        "action_id": ACTION,
        "positive_button": _thumb("Helpful", "This was helpful", Rate(about, "yes", around.ref), around),
        "negative_button": _thumb("Not helpful", "This was not helpful", Rate(about, "no", around.ref), around),
    }


def _thumb(label: str, describe: str, action: Action, around: RenderContext) -> Block:
    return {
        "text": plain_text(label, layout.BUTTON_TEXT),
        "accessibility_label": plain(describe, layout.ACCESSIBILITY_LABEL),
        "value": around.carrying(action),
    }


def _delete(around: RenderContext) -> Block:
    made: Block = {
        "type": "icon_button",
        "icon": "trash",
        "text": plain_text("Delete", layout.BUTTON_TEXT),
        "accessibility_label": "Delete this answer; only for the person who asked",
        "value": button("", Delete(around.owner))["value"],
        "action_id": ACTION,
    }
    if around.user:
        made["visible_to_user_ids"] = [around.user]
    return confirmed(made, "Delete this answer?", "It disappears for everybody.", "Delete")
