"""Buttons, menus and the line after a thumbs-down. All their state is in the custom_id: they outlive every process."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Self, get_args

import discord
from discord import ui

from adapters.conversations.service import NOT_YOURS, THANKS, Delivery
from adapters.discord import sending
from adapters.discord.dispatcher import Dispatcher, answer, update
from adapters.discord.listeners import setup
from adapters.discord.listeners.servers import ask_a_person, question_above, share
from adapters.discord.markup import quoted
from adapters.discord.origins import conversation, is_direct, note_of, owns, seen_by, speaker
from adapters.discord.render.answers import EXAMPLE
from adapters.discord.render.buttons import Audience
from adapters.discord.render.guide import CIRCUMSTANCES
from adapters.discord.render.layout import PICK, PREFIX
from adapters.discord.render.render import FORGET, confirmation, render
from adapters.discord.sending import note_place, recount
from bot import actions
from bot.action_codec import StaleActionError, decode, encode
from bot.actions import Action
from bot.replies import Notice, NotKnown, Recommendation, Unknown

Item = ui.Item[Any]
Interaction = discord.Interaction[Any]

COMMENTED = f"{PREFIX}said."
"""Begins the custom_id of the form after a thumbs-down; what was rated follows."""
_GUIDE = tuple(kind for kind in get_args(actions.GuideAction) if kind is not actions.SaveRecord)
_IN_PLACE = (actions.ShowSide, actions.NoneOfThese, actions.ShowArea, actions.RevealTeam)
_SHARING = (actions.ShareTopic, actions.ShareAnswers, actions.ShareResult)
COMMENT = 300
"""Characters that a person may type about an answer that did not help; as much as is kept of it."""
NEAREST = "Thank you, noted. Perhaps one of these helps:"
MOST_NEAREST = 4
NOT_ASKED_BY_YOU = "These suggestions are for the person who asked. Ask me in your own words, and you get your own."


def register(client: discord.Client, dispatcher: Dispatcher) -> None:
    """Attach what takes every press: ours, and whatever is not ours any more; and the forms that come back."""

    async def setup_hook() -> None:
        client.add_dynamic_items(_ours(dispatcher), _foreign(dispatcher))

    async def on_interaction(interaction: Interaction) -> None:
        if interaction.type is discord.InteractionType.modal_submit:
            await dispatcher.boundary.interaction(interaction, _commented(dispatcher, interaction), "comment")

    client.event(setup_hook)
    client.event(on_interaction)


def _ours(dispatcher: Dispatcher) -> type[ui.DynamicItem[Item]]:
    class Pressed(ui.DynamicItem[Item], template=rf"(?s){PREFIX}(?P<action>.*)"):
        """A button or a menu of this version."""

        def __init__(self, item: Item, action: str) -> None:
            super().__init__(item)
            self.action = action

        @classmethod
        async def from_custom_id(cls, _: Interaction, item: Item, match: re.Match[str], /) -> Self:
            """Keep what the component says; it is read inside the boundary."""
            return cls(item, match["action"])

        async def callback(self, interaction: Interaction) -> None:
            """Do what it says."""
            work = pressed(dispatcher, interaction, self.item, self.action)
            await dispatcher.boundary.interaction(interaction, work, "press")

    return Pressed


def _foreign(dispatcher: Dispatcher) -> type[ui.DynamicItem[Item]]:
    class Retired(ui.DynamicItem[Item], template=rf"(?s)(?!{PREFIX}).+"):
        """A component of another version, or of another program with the same token."""

        @classmethod
        async def from_custom_id(cls, _: Interaction, item: Item, __: re.Match[str], /) -> Self:
            """Read nothing: nobody knows what it meant."""
            return cls(item)

        async def callback(self, interaction: Interaction) -> None:
            """Say that it is out of date."""
            await dispatcher.boundary.interaction(interaction, _stale(dispatcher, interaction, ""), "retired press")

    return Retired


async def pressed(dispatcher: Dispatcher, interaction: Interaction, item: Item, text: str) -> None:
    """Do what a component says."""
    if isinstance(item, ui.ChannelSelect):
        await setup.chosen(dispatcher, interaction, item)
        return
    if isinstance(item, ui.Select) and item.custom_id == PICK + CIRCUMSTANCES:
        await _circumstances(dispatcher, interaction, item)
        return
    if isinstance(item, ui.Select) and item.custom_id.startswith(PICK):
        text = item.values[0] if item.values else ""
    if text.startswith(setup.THREADS):
        await setup.switched(dispatcher, interaction, text)
        return
    if text.startswith(EXAMPLE.removeprefix(PREFIX)):
        await _example(dispatcher, interaction, text.rpartition(".")[2])
        return
    if text == FORGET.removeprefix(PREFIX):
        await sending.add(interaction, confirmation(), private=True)
        return
    try:
        action = decode(text)
    except StaleActionError:
        await _stale(dispatcher, interaction, text)
        return
    await _act(dispatcher, interaction, action)


async def _act(dispatcher: Dispatcher, interaction: Interaction, action: Action) -> None:
    match action:
        case actions.Rate():
            await _rate(dispatcher, interaction, action)
        case actions.Delete():
            await _delete(dispatcher, interaction, action)
        case actions.AskPerson():
            await ask_a_person(dispatcher, interaction)
        case _ if isinstance(action, _SHARING):
            await share(dispatcher, interaction, action)
        case _:
            await _reply(dispatcher, interaction, action)


async def _reply(dispatcher: Dispatcher, interaction: Interaction, action: Action) -> None:
    """Show a reply in place where the message is the presser's own; anybody else gets one that only they see.

    Guides are for their owner, which the core sees to.
    """
    who = speaker(interaction)
    own = owns(interaction, dispatcher.pseudonym(who))
    if not own and isinstance(action, actions.NoneOfThese):
        await sending.say(interaction, NOT_ASKED_BY_YOU)
        return
    suggested = isinstance(action, actions.ShowTopic) and bool(action.ref)
    if isinstance(action, actions.ShowTopic) and not own:
        action = replace(action, ref="")  # what a bystander opens says nothing about what was asked
    if isinstance(action, _GUIDE) or (own and (suggested or _is_in_place(interaction, action))):
        key = _key(dispatcher, interaction)
        making = dispatcher.conversations.do(action, who, key)
        delivery = await update(dispatcher, interaction, making)
        await _replace(dispatcher, interaction, delivery)
        await recount(dispatcher.conversations, interaction, delivery.reply)
    else:
        making = dispatcher.conversations.do(action, who, dispatcher.private_key(interaction))
        await answer(dispatcher, interaction, making)
        if isinstance(action, actions.JoinTeam):
            await note_place(dispatcher.conversations, interaction, action.team)


def _is_in_place(interaction: Interaction, action: Action) -> bool:
    """Return whether an action changes the message of whoever asked. "More" does only where no one else reads."""
    if isinstance(action, actions.ShowMore):
        return seen_by(interaction) is not Audience.CHANNEL
    return isinstance(action, _IN_PLACE)


def _key(dispatcher: Dispatcher, interaction: Interaction) -> str:
    """Return the conversation of the message whose button was pressed."""
    if interaction.message and interaction.message.flags.ephemeral:
        return dispatcher.private_key(interaction)
    pseudonym = dispatcher.pseudonym(speaker(interaction))
    return conversation(interaction.channel_id, pseudonym, direct=is_direct(interaction))


async def _replace(dispatcher: Dispatcher, interaction: Interaction, delivery: Delivery) -> None:
    if isinstance(delivery.reply, Notice) or interaction.message is None:
        await sending.show(interaction, delivery.reply)
        return
    seen, note = seen_by(interaction), note_of(interaction.message)
    context = await dispatcher.context(delivery, speaker(interaction), seen, note)
    await sending.replace(interaction, sending.view(render(delivery.reply, context)))


async def _circumstances(dispatcher: Dispatcher, interaction: Interaction, select: ui.Select[Any]) -> None:
    """Make true of a result exactly what is chosen: each circumstance that differs is switched."""
    switched = [option.value for option in select.options if option.default != (option.value in select.values)]
    found = [action for action in map(decode, switched) if isinstance(action, actions.GuideCircumstance)]
    who, key, delivery, token = speaker(interaction), _key(dispatcher, interaction), None, ""
    for action in found:
        switch = replace(action, token=token or action.token)
        delivery = await dispatcher.conversations.do(switch, who, key)
        if not isinstance(delivery.reply, Recommendation):
            break
        token = delivery.reply.token
    if delivery:
        await _replace(dispatcher, interaction, delivery)
    else:
        await interaction.response.defer()


async def _example(dispatcher: Dispatcher, interaction: Interaction, number: str) -> None:
    """Ask one of the examples for whoever pressed."""
    examples = dispatcher.conversations.advisor().knowledge.about.examples
    text = examples[int(number)] if number.isdecimal() and int(number) < len(examples) else ""
    if text:
        await answer(dispatcher, interaction, dispatcher.ask(interaction, text), quoted(text))
    else:
        await _stale(dispatcher, interaction, "")


async def _stale(dispatcher: Dispatcher, interaction: Interaction, text: str) -> None:
    await answer(dispatcher, interaction, dispatcher.conversations.press(text, speaker(interaction)))


async def _delete(dispatcher: Dispatcher, interaction: Interaction, action: actions.Delete) -> None:
    """Take a message away for whoever asked, and for those who may remove any message here."""
    moderates = interaction.guild_id is not None and interaction.permissions.manage_messages
    if action.owner == dispatcher.pseudonym(speaker(interaction)) or moderates:
        await sending.remove(interaction)
    else:
        await sending.say(interaction, NOT_YOURS)


async def _rate(dispatcher: Dispatcher, interaction: Interaction, rate: actions.Rate) -> None:
    """Keep a thumb. One that points down is asked what was missing."""
    who = speaker(interaction)
    if rate.verdict == "no":
        await interaction.response.send_modal(_form(rate))
        await dispatcher.conversations.do(rate, who)
        return
    await dispatcher.conversations.do(rate, who)
    if owns(interaction, dispatcher.pseudonym(who)):
        await sending.replace(interaction, _thumbed(interaction, rate))
    else:
        await sending.say(interaction, THANKS)


def _form(rate: actions.Rate) -> ui.Modal:
    line: ui.TextInput[Any] = ui.TextInput(
        custom_id="missing", required=False, max_length=COMMENT, placeholder="Leave it empty if you like"
    )
    form = ui.Modal(title="Thank you, noted", custom_id=COMMENTED + encode(rate))
    form.add_item(ui.Label(text="What was missing?", description="One line, without names.", component=line))
    form.stop()  # its answer is taken by `_commented`, in whichever process
    return form


async def _commented(dispatcher: Dispatcher, interaction: Interaction) -> None:
    """Keep what was missing, and offer what is nearest to it."""
    data: Any = interaction.data or {}
    custom_id = str(data.get("custom_id", ""))
    if not custom_id.startswith(COMMENTED):
        await _stale(dispatcher, interaction, "")
        return
    rate = decode(custom_id.removeprefix(COMMENTED))
    if not isinstance(rate, actions.Rate):
        raise StaleActionError(custom_id)
    who = speaker(interaction)
    comment = str(data["components"][0]["component"]["value"] or "")
    await dispatcher.conversations.comment(rate.about, rate.ref, comment, who)
    if owns(interaction, dispatcher.pseudonym(who)):
        await sending.replace(interaction, _thumbed(interaction, rate))
    advisor = dispatcher.conversations.advisor()
    known = advisor.knowledge.topics.get(rate.about)
    nearest = advisor.complete(comment or (known.title if known else ""), MOST_NEAREST) if comment or known else ()
    nearest = tuple(link for link in nearest if link.topic != rate.about)
    reply = NotKnown(Unknown.NONE_OF_THESE, NEAREST if nearest else THANKS, nearest)
    note = note_of(interaction.message) or f"-# {question_above(interaction.message)}"
    context = await dispatcher.context(Delivery(reply, rate.ref, ""), who, Audience.ASKER, note)
    await sending.add(interaction, render(reply, context), private=True)


def _thumbed(interaction: Interaction, rate: actions.Rate) -> ui.LayoutView:
    """Return the message whose button was pressed with the thumb that was given in colour."""
    if interaction.message is None:
        raise ValueError("a press without its message")
    view = ui.LayoutView.from_message(interaction.message, timeout=None)
    given = PREFIX + encode(rate)
    both = {PREFIX + encode(replace(rate, verdict=verdict)) for verdict in ("yes", "no")}
    for child in view.walk_children():
        if isinstance(child, ui.Button) and child.custom_id in both:
            style = discord.ButtonStyle.success if child.custom_id == given else discord.ButtonStyle.secondary
            child.style = style
    view.stop()
    return view
