"""Answers, and what stands in their place: suggestions, "I don't know", help, the overview, the topics.

Of an answer everybody sees the lead first; the rest is for whoever asks for more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from adapters.conversations import texts
from adapters.discord.markup import code_block, line, link, prose
from adapters.discord.render import buttons
from adapters.discord.render.buttons import RenderContext
from adapters.discord.render.layout import (
    PREFIX,
    ROW_BUTTONS,
    Accent,
    Box,
    Button,
    Line,
    Option,
    Payload,
    Rank,
    button,
    message,
    pages,
    rows,
    stacked,
)
from bot import actions
from bot.replies import (
    Answer,
    Answers,
    CodeComparison,
    CodePassage,
    Comparison,
    ComparisonRow,
    CorrectionLine,
    Help,
    NotKnown,
    SourceLine,
    Suggestions,
    TopicList,
    Unknown,
)

LONGEST = 300
"""Characters of one source, its address included."""
PARAGRAPH = 900
"""Characters of one paragraph."""
TITLE = 200
CELL = 120
MOST_ROWS = 8
"""Topics of the overview that are written out; the menu has all of them."""
MOST_MENUS = 12
"""Menus of a list of topics: each takes two of Discord's forty components."""
QUESTION_TEXT = 1_500
CODE_SENTENCE = 400
CODE_BLOCK = 1_400
"""Characters of one code block: more than a side of the knowledge may show, so none of that is cut."""
COMMANDS = {
    "ask": "a private answer; share it if you like",
    "recommend": "which one should I use? About five questions",
    "compare": "both sides next to each other",
    "topics": "everything I can be asked about",
    "privacy": "what I keep, and how to make me forget it",
}
OTHER_WAYS = (
    "Mention me in a channel, reply to me, or write me a direct message.",
    "To have somebody's message answered: press and hold it (or right-click), then **Apps → Answer this**.",
)
EXAMPLE = f"{PREFIX}ask."
"""Begins the custom_id of a button that asks one of the examples; its number follows."""
MOST_EXAMPLES = 3


def answer(said: Answer, context: RenderContext) -> Payload:
    """Return the lead of an answer, and one row of buttons."""
    if said.meta:
        return _small_talk(said, context)
    others = [
        button(texts.meant(c.label), actions.ShowTopic(c.topic, context.ref, c.question))
        for c in texts.alternatives(said)
    ]
    guide = [buttons.open_guide(token=said.guide_token)] if said.offers_guide else []
    closing = buttons.message_actions(context, said.topic, _sharing(said))
    views = [button(texts.MORE, _more(said)), *_sides(said), *buttons.show_code(said), *guide]
    ways = rows([*views, *closing]) if len(views) + len(closing) <= ROW_BUTTONS else [*rows(views), *rows(closing)]
    return message([Box([list(_lead(said))])], [*rows(others), *ways], note=context.note)


def details(said: Answer, context: RenderContext) -> Payload:
    """Return everything that an answer says below its lead, for one reader."""
    box = Box([list(_whole(said)), list(_corrections(said)), list(_all_sources(said.sources, said.checked))])
    guide = [buttons.open_guide(token=said.guide_token)] if said.offers_guide else []
    share = _sharing(said) if context.note else None  # what stands in public already is not shared once more
    views = [*_sides(said), *buttons.show_code(said), *guide, *buttons.message_actions(context, said.topic, share)]
    related = buttons.topics("related", "Read next", texts.related(said))
    return message([box], [*rows(views), *related], note=context.note)


def answers(said: Answers, context: RenderContext) -> Payload:
    """Return several answers in one message, a box and a row each."""
    boxes = [Box([list(_lead(part))]) for part in said.parts]
    each = [row for part in said.parts for row in rows(_ways_on(part, context))]
    share = texts.sharing(said.parts)
    return message(boxes, [*each, *rows(buttons.message_actions(context, share=share))], note=context.note)


def _small_talk(said: Answer, context: RenderContext) -> Payload:
    box = Box([[Line(prose(said.lead.text, PARAGRAPH))]], Accent.QUIET)
    guide = [buttons.open_guide()] if said.offers_guide else []
    related = [button(each.title, actions.ShowTopic(each.topic)) for each in said.related]
    return message([box], rows([*guide, *related, *buttons.message_actions(context)]), note=context.note)


def _lead(said: Answer) -> Iterator[Line]:
    yield Line(f"-# {line(said.title, TITLE)}")
    if said.lead.text:
        yield Line(prose(said.lead.text, PARAGRAPH))
    for passage in said.lead.passages:
        yield Line(f"**{line(passage.name, TITLE)}**: {prose(passage.text, PARAGRAPH)}", Rank.SIDE)
    if said.lead.correction:
        yield Line(_correction(said.lead.correction), Rank.CORRECTION)
    if said.sources:
        yield Line(_first_source(said.sources, said.checked), Rank.SOURCE)
    if texts.doubt(said):
        yield Line(f"-# {texts.doubt(said)}")


def _whole(said: Answer) -> Iterator[Line]:
    yield Line(f"### {line(said.title, TITLE)}")
    if said.question and said.lead.text:
        yield Line(f"{prose(said.lead.text, PARAGRAPH)}\n")
    yield Line(prose(said.short, PARAGRAPH))
    for passage in (*said.passages, *said.other_sides):
        yield Line(f"\n**{line(passage.name, TITLE)}**: {prose(passage.text, PARAGRAPH)}", Rank.SIDE)
    if said.choice:
        yield Line(f"\n**{texts.IF_CHOOSING}**: {prose(said.choice, PARAGRAPH)}", Rank.EXTRA)


def _corrections(said: Answer) -> Iterator[Line]:
    for correction in said.corrections:
        yield Line(_correction(correction), Rank.CORRECTION)


def _correction(differs: CorrectionLine) -> str:
    says = line(differs.says.rstrip("."), PARAGRAPH // 2)
    holds = line(differs.holds, PARAGRAPH // 2)
    verdict = line(texts.verdict(differs), TITLE)
    return f"⚠️ **{texts.ARTICLE_SAYS}:** {says}. **{verdict}** {holds} ({cite(differs.source)})"


def cite(source: SourceLine) -> str:
    """Return one source as a link."""
    title = f"{source.name}: {source.section}" if source.section else source.name
    return link(title, source.url, LONGEST)


def _first_source(lines: Sequence[SourceLine], checked: date | None) -> str:
    """Return one source, how many there are besides, and when they were checked, as small print.

    The docs of the subject say more to a reader than the article, of which all else is a check.
    """
    first = next((source for source in lines if not source.from_article), lines[0])
    more = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
    return f"-# {cite(first)}{more}{_when(checked)}"


def _all_sources(lines: Sequence[SourceLine], checked: date | None) -> Iterator[Line]:
    if lines:
        cited = " · ".join(map(cite, lines[: texts.MOST_SOURCES]))
        yield Line(f"-# Sources: {cited}{_when(checked)}", Rank.SOURCE)


def _when(checked: date | None) -> str:
    return f" · checked {checked:%d %b %Y}" if checked else ""


def _sides(said: Answer) -> list[Button]:
    question = said.question or ""
    return [
        button(f"And {p.name}?", actions.ShowSide(said.topic, p.side, question=question)) for p in said.other_sides[:3]
    ]


def _alone(said: Answer) -> Button:
    return button(f"{texts.MORE}: {said.title}", _more(said))


def _ways_on(part: Answer, context: RenderContext) -> list[Button]:
    return [_alone(part), *buttons.show_code(part), *buttons.thumbs(context, part.topic)]


def _more(said: Answer) -> actions.ShowMore:
    return actions.ShowMore(said.topic, said.side or "", said.question or "")


def _sharing(said: Answer) -> actions.ShareTopic:
    return actions.ShareTopic(said.topic, said.side or "", said.question or "")


def comparison(table: Comparison, context: RenderContext) -> Payload:
    """Return the sides next to each other, a topic a line; all of them can be opened from the menu."""
    head = [Line(f"### {line(' ┃ '.join(table.sides), CELL)}"), Line(prose(table.short, PARAGRAPH))]
    body = [Line(_row(each), Rank.EXTRA) for each in table.rows[:MOST_ROWS]]
    options = [Option(each.title, actions.ShowSide(each.topic, "both"), " | ".join(each.cells)) for each in table.rows]
    guide = [buttons.open_guide()] if table.offers_guide else []
    ways = rows([*guide, *buttons.message_actions(context)])
    menus = pages("compare", f"Compare one of {len(table.rows)} topics", options)
    return message([Box([head, body])], [*menus[:MOST_MENUS], *ways], note=context.note)


def _row(each: ComparisonRow) -> str:
    cells = " ┃ ".join(line(cell, CELL) for cell in each.cells)
    return f"**{line(each.title, CELL)}**: {cells}"


def topics(listed: TopicList, context: RenderContext) -> Payload:
    """Return a menu of topics for each area; for one area alone where that was asked for."""
    title = "What you can ask me about" if listed.areas else "Nothing here any more"
    menus = []
    for area in listed.areas:
        options = [Option(link.title, actions.ShowTopic(link.topic)) for link in area.topics]
        menus += pages(f"area.{area.area}", f"{area.title}: {len(area.topics)} topics", options)
    box = Box([[Line(f"### {title}"), Line("-# Choose a topic, or ask in your own words.")]], Accent.QUIET)
    back = [buttons.all_topics()] if listed.only else []
    closing = rows([*back, *buttons.message_actions(context)])
    return message([box], [*menus[:MOST_MENUS], *closing], note=context.note)


def suggestions(said: Suggestions, context: RenderContext) -> Payload:
    """Return "did you mean", with a way to say no."""
    likely = texts.likely(said.candidates)
    lead = texts.did_you_mean(len(likely))
    candidates = [button(c.label, actions.ShowTopic(c.topic, context.ref, c.question)) for c in likely]
    none = button(texts.NONE_OF_THESE, actions.NoneOfThese(context.ref))
    last = [none, *buttons.message_actions(context)]
    ways = rows([*candidates, *last]) if len(candidates) == 1 else [*stacked(candidates), *rows(last)]
    return message([Box([[Line(f"**{lead}**")]], Accent.ASKING)], ways, note=context.note)


def not_known(said: NotKnown, context: RenderContext) -> Payload:
    """Return "I don't know", with the nearest thing that can be done."""
    box = Box([[Line(prose(said.text, QUESTION_TEXT))]], Accent.ASKING)
    nearest = [button(link.title, actions.ShowTopic(link.topic)) for link in said.nearest]
    person = [buttons.ask_person(context)] if said.reason is not Unknown.EMPTY and context.asks_people else []
    about = "not-known" if said.reason in (Unknown.NOT_FOUND, Unknown.OUT_OF_SCOPE) else ""
    ways = [button(texts.WHAT_CAN_I_ASK, actions.ShowHelp()), *person, *buttons.message_actions(context, about)]
    return message([box], [*rows(nearest), *rows(ways)], note=context.note)


def help_text(said: Help, context: RenderContext) -> Payload:
    """Return what the advisor can do, its commands to click, and examples that a button asks."""
    commands = [
        Line(f"{context.commands.get(name, f'`/{name}`')}: {words}", Rank.SIDE) for name, words in COMMANDS.items()
    ]
    ways = [Line(f"-# {way}", Rank.EXTRA) for way in OTHER_WAYS]
    box = Box([[Line(prose(said.text, QUESTION_TEXT))], [*commands, *ways]], Accent.QUIET)
    examples = [_example(number, text) for number, text in enumerate(said.examples[:MOST_EXAMPLES])]
    guide = [buttons.open_guide()] if said.offers_guide else []
    last = rows([*guide, buttons.all_topics(), button("Privacy", actions.ShowPrivacy(), emoji="🔒")])
    return message([box], [*stacked(examples), *last, *rows(buttons.message_actions(context))], note=context.note)


def _example(number: int, text: str) -> Button:
    made = button(text, actions.ShowHelp())
    made.custom_id = f"{EXAMPLE}{number}"
    return made


def code(said: CodeComparison, context: RenderContext) -> Payload:
    """Return the code of a task. Where not all of it has room, the sides go from the last, each as a whole."""
    sides = [Line("\n".join(_code_of(passage)), place) for place, passage in enumerate(said.passages, start=1)]
    first = [Line(f"### {line(said.title, TITLE)}"), *sides[:1]]
    boxes = [Box([first]), *(Box([[side]]) for side in sides[1:])]
    others = [
        button(f"And {other.name}?", actions.ShowCode(said.topic, other.side, said.question or ""))
        for other in said.other_sides
    ]
    return message(boxes, rows([*others, *buttons.message_actions(context, said.topic)]), note=context.note)


def _code_of(passage: CodePassage) -> Iterator[str]:
    """Yield how one side does it, in Markdown."""
    yield f"**{line(passage.name, TITLE)}**: {prose(passage.says, CODE_SENTENCE)}"
    for file in passage.files:
        if len(passage.files) > 1:
            yield f"-# {line(file.path, TITLE)}"
        yield code_block(file.text, file.language, CODE_BLOCK)
    if tested := texts.tested(passage):
        yield f"-# {line(tested, TITLE)}"
