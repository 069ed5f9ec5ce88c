"""The guided choice: a pure engine over the data of `bot.knowledge.guide_models`."""
