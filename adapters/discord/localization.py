"""Names and descriptions of commands in other languages. To add one: a table under its Discord locale."""

from __future__ import annotations

from collections.abc import Mapping

import discord
from discord import app_commands

GERMAN: Mapping[str, str] = {
    "ask": "fragen",
    "Ask a question in your own words; only you see the answer": "Eine Frage stellen; nur du siehst die Antwort",
    "question": "frage",
    "Your question, or a topic from the list": "Deine Frage (auf Englisch) oder ein Thema aus der Liste",
    "compare": "vergleichen",
    "See both sides next to each other": "Beide Seiten nebeneinander sehen",
    "topic": "thema",
    "What to compare; leave it out for an overview": "Was verglichen wird; ohne Angabe ein Überblick",
    "recommend": "empfehlen",
    "Which one should I use? Some five questions, with reasons": "Was soll ich nehmen? Etwa fünf Fragen, mit Gründen",
    "project": "projekt",
    "Tell me about your project, and I skip what you already said": "Dein Projekt; was du schon sagst, frage ich nicht",
    "code": "code",
    "The code of an earlier result, to open it again": "Der Code eines früheren Ergebnisses, um es wieder zu öffnen",
    "topics": "themen",
    "Everything you can ask me about": "Alles, wonach du mich fragen kannst",
    "help": "hilfe",
    "What I can do, and how to ask": "Was ich kann, und wie man fragt",
    "privacy": "datenschutz",
    "What I keep about you, and how to make me forget it": "Was ich über dich behalte, und wie ich es vergesse",
    "Answer this": "Das beantworten",
}

TABLES: Mapping[discord.Locale, Mapping[str, str]] = {discord.Locale.german: GERMAN}


class Translator(app_commands.Translator):
    """Translates from the tables; what they lack stays English."""

    def __init__(self, tables: Mapping[discord.Locale, Mapping[str, str]] = TABLES) -> None:
        self._tables = tables

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, _: app_commands.TranslationContextTypes
    ) -> str | None:
        """Return the text in a locale; None where there is no translation."""
        return self._tables.get(locale, {}).get(string.message)
