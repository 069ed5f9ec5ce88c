"""Answers, and what stands in their place: suggestions, "I don't know", help, the overview, the topics.

Of an answer the lead is for everybody to read, and the rest is folded away.
"""

from __future__ import annotations

from collections.abc import Iterator

from adapters.conversations import texts
from adapters.slack.markup import bold, escape, italic, prose
from adapters.slack.render.buttons import (
    Commands,
    RenderContext,
    ask,
    ask_person,
    message_actions,
    other_code,
    quoted,
    share,
    show_code,
)
from adapters.slack.render.layout import (
    Block,
    actions,
    button,
    cited,
    collapsed,
    context,
    divider,
    header,
    numbered,
    preformatted,
    section,
    select,
    source,
    table,
)
from bot.action_codec import encode
from bot.actions import (
    NoneOfThese,
    OpenGuide,
    ShareTopic,
    ShowArea,
    ShowHelp,
    ShowMore,
    ShowPrivacy,
    ShowSide,
    ShowTopic,
)
from bot.replies import (
    Answer,
    Answers,
    AreaTopics,
    CodeComparison,
    CodePassage,
    Comparison,
    CorrectionLine,
    Help,
    NotKnown,
    SidePassage,
    Suggestions,
    TopicLink,
    TopicList,
    Unknown,
)

RELATED = "Related topics"
NOT_KNOWN = "not-known"
EXAMPLES = 3


def answer(said: Answer, around: RenderContext) -> Iterator[Block]:
    """Yield an answer with everything that belongs to it."""
    yield from quoted(around)
    yield from _lead(said)
    if texts.doubt(said):
        yield context(texts.doubt(said))
    if said.meta:
        yield from actions(_ways_on(said, around))
        return
    if not around.in_view:
        yield from collapsed(_more_title(said), _below(said))
    shared = ShareTopic(said.topic, said.side or "", said.question or "")
    yield from actions([*_alternatives(said, around), *_ways_on(said, around), *share(around, shared)])
    yield from message_actions(around, said.topic)


def answers(said: Answers, around: RenderContext) -> Iterator[Block]:
    """Yield the answers to the questions of one message, each with the rest of it folded away."""
    yield from quoted(around)
    for number, part in enumerate(said.parts):
        if number:
            yield divider()
        yield section(bold(part.title))
        yield from _lead(part)
        if not around.in_view:
            yield from collapsed(_more_title(part, titled=True), _below(texts.brief(part)))
        yield from actions([*([_more(part)] if around.in_view else []), *show_code(part)])
    shared = texts.sharing(said.parts)
    yield from actions(share(around, shared))
    yield from message_actions(around, said.parts[0].topic)


def details(said: Answer) -> Iterator[Block]:
    """Yield everything that an answer says below its lead, with a heading of its own."""
    yield header(said.title)
    yield from _below(said)


def _lead(said: Answer) -> Iterator[Block]:
    lines = [prose(said.lead.text)] if said.lead.text else []
    lines += [f"•  {bold(passage.name)}: {prose(passage.text)}" for passage in said.lead.passages]
    yield section("\n".join(lines))
    if said.lead.correction:
        yield context(_correction(said.lead.correction))


def _below(said: Answer) -> Iterator[Block]:
    """Yield at most seven blocks: a container takes ten."""
    if said.short and said.short != said.lead.text:
        yield section(prose(said.short))
    passages = (*said.passages, *said.other_sides)
    yield from (section(_passage(passage)) for passage in passages[:3])
    if said.choice:
        yield section(f"{bold(texts.IF_CHOOSING)}\n{prose(said.choice)}")
    if said.corrections:
        yield section("\n".join(map(_correction, said.corrections)))
    yield from cited(said.sources)


def _more_title(said: Answer, *, titled: bool = False) -> str:
    """Return the title of what is folded away, with what a reader finds in it; `titled`: the topic stands above."""
    count = len({(line.title, line.url) for line in said.sources})
    sources = f", {count} source{'s' if count > 1 else ''}" if count else ""
    return texts.MORE + ("" if titled else f" on {said.title}") + sources


def _passage(passage: SidePassage) -> str:
    return f"{bold(passage.name)}\n{prose(passage.text)}"


def _correction(line: CorrectionLine) -> str:
    says = f"{bold(f'{texts.ARTICLE_SAYS}:')} {prose(line.says)}"
    return f"{says} {italic(texts.verdict(line))} {prose(line.holds)} ({source(line.source)})"


def _alternatives(said: Answer, around: RenderContext) -> Iterator[Block]:
    for other in texts.alternatives(said):
        label = texts.meant(other.label)
        yield button(label, around.carrying(ShowTopic(other.topic, around.ref, other.question)), label)


def _ways_on(said: Answer, around: RenderContext) -> Iterator[Block]:
    if said.offers_guide:
        yield button(texts.HELP_ME_CHOOSE, OpenGuide(said.guide_token or ""), "Start the guide", style="primary")
    if not said.meta and around.in_view:
        yield _more(said)
    for side in said.other_sides:
        turn = ShowSide(said.topic, side.side, around.ref, said.question or "")
        yield button(f"And {side.name}?", around.carrying(turn), f"Show what holds for {side.name}")
    yield from show_code(said)
    related = texts.related(said)
    yield from select(RELATED, ((topic.title, encode(ShowTopic(topic.topic))) for topic in related))


def _more(said: Answer) -> Block:
    everything = ShowMore(said.topic, said.side or "", said.question or "")
    return button(texts.MORE, everything, f"Everything about {said.title}")


def suggestions(said: Suggestions, around: RenderContext) -> Iterator[Block]:
    """Yield "did you mean" with a button for each candidate and one for none of them."""
    yield from quoted(around)
    yield section(bold(texts.did_you_mean(len(said.candidates))))
    chosen = (
        button(c.label, around.carrying(ShowTopic(c.topic, around.ref, c.question)), f"I meant: {c.label}")
        for c in said.candidates[:3]
    )
    none = button(texts.NONE_OF_THESE, around.carrying(NoneOfThese(around.ref)), "None of these is what I meant")
    yield from actions([*chosen, none])
    yield from message_actions(around)


def not_known(said: NotKnown, around: RenderContext) -> Iterator[Block]:
    """Yield an honest "I don't know" and the nearest things that can be done."""
    yield from quoted(around)
    yield section(prose(said.text))
    near = [button(n.title, ShowTopic(n.topic), f"Answer about {n.title}") for n in said.nearest[:3]]
    browse = button(texts.ALL_TOPICS, ShowArea(), "See everything that can be asked")
    person = ask_person(around) if said.reason is not Unknown.EMPTY else ()
    helped = () if near else (button(texts.WHAT_CAN_I_ASK, ShowHelp(), "See what I can do"),)
    yield from actions([*near, *person, browse, *helped])
    yield from message_actions(around, "" if said.reason is Unknown.EMPTY else NOT_KNOWN)


def further_ways(near: tuple[TopicLink, ...], around: RenderContext) -> Iterator[Block]:
    """Yield what somebody can try whom a reply did not help: the nearest topics, and a person."""
    made = [button(n.title, ShowTopic(n.topic), f"Answer about {n.title}") for n in near[:3]]
    yield from [context("Or did you mean:")] if made else []
    yield from numbered(list(actions([*made, *ask_person(around)])))


def help_(said: Help, around: RenderContext) -> Iterator[Block]:
    """Yield what the advisor can do and how to reach it in Slack, with examples that can be pressed."""
    yield header("What I can do")
    yield section(prose(said.text))
    yield from actions(ask(example) for example in said.examples[:EXAMPLES])
    yield context("\n".join(_ways_to_ask(around.commands)))
    privacy = button("Privacy", ShowPrivacy(), "See what is stored")
    yield from actions([*_offers(offers_guide=said.offers_guide), privacy])
    yield from message_actions(around)


def comparison(said: Comparison, around: RenderContext) -> Iterator[Block]:
    """Yield the overview: a few words for each side, topic by topic."""
    yield header(said.title)
    shown = said.rows[: texts.MOST_ROWS]
    if shown and not around.in_view:
        yield table(
            [("Topic", *said.sides), *((row.title, *(cell.replace("`", "") for cell in row.cells)) for row in shown)]
        )
    elif shown:
        cells = ("  ·  ".join(map(_cell, said.sides, row.cells)) for row in shown)
        yield section("\n".join(f"{bold(row.title)}\n{cell}" for row, cell in zip(shown, cells, strict=True)))
    more = "There is more. " if len(shown) < len(said.rows) else ""
    yield context(f"{more}For one topic with its sources, type `{around.commands.ask} compare` and the topic.")
    yield from actions(_offers(offers_guide=said.offers_guide))
    yield from message_actions(around)


def topics(said: TopicList, around: RenderContext) -> Iterator[Block]:
    """Yield the areas as short rows, or one area with a button for each topic."""
    yield header("What you can ask me about")
    if said.only:
        for area in said.areas:
            yield section(bold(area.title))
            yield from _topic_buttons(area)
        yield from actions([button(f"← {texts.ALL_TOPICS}", ShowArea(), "Back to all topics")])
    else:
        yield from map(area_row, said.areas)
    yield from message_actions(around)


def area_row(area: AreaTopics) -> Block:
    """Return an area as one short row: its title, and a menu of its topics."""
    menu = next(select(f"{len(area.topics)} topics", map(_topic_option, area.topics)), None)
    return section(bold(area.title), menu)


def _topic_option(topic: TopicLink) -> tuple[str, str]:
    return topic.title, encode(ShowTopic(topic.topic))


def _ways_to_ask(commands: Commands) -> Iterator[str]:
    yield f"Mention me in a channel, and everybody there reads the answer; `{commands.ask}` and a question: only you."
    yield f"Also `{commands.ask} compare` with or without a topic, and *Answer this* in the menu of somebody's message."


def _cell(side: str, words: str) -> str:
    return f"{escape(side)}: {prose(words)}"


def _offers(*, offers_guide: bool) -> Iterator[Block]:
    if offers_guide:
        yield button(texts.HELP_ME_CHOOSE, OpenGuide(), "Start the guide", style="primary")
    yield button(texts.ALL_TOPICS, ShowArea(), "See everything that can be asked")


def _topic_buttons(area: AreaTopics) -> Iterator[Block]:
    made = [button(t.title, ShowTopic(t.topic), f"Answer about {t.title}") for t in area.topics]
    for start in range(0, len(made), 10):
        yield from actions(made[start : start + 10])


def code(said: CodeComparison, around: RenderContext) -> Iterator[Block]:
    """Yield the code of a task, and a button for each side that is not shown."""
    yield from quoted(around)
    yield header(said.title)
    for passage in said.passages:
        yield from _code_of(passage)
    yield from actions(other_code(said))
    yield from message_actions(around, said.topic)


def _code_of(passage: CodePassage) -> Iterator[Block]:
    """Yield how one side does it. No markup is read in preformatted text, so no code can end it."""
    yield section(f"{bold(passage.name)}\n{prose(passage.says)}")
    for file in passage.files:
        if len(passage.files) > 1:
            yield context(prose(f"`{file.path}`"))
        yield from preformatted(file.text)
    if tested := texts.tested(passage):
        yield context(prose(tested))
