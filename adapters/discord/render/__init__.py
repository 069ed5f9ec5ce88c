"""From replies to what Discord shows: pure functions, one module for each group of replies.

Replies are written with Components V2 and not with embeds, for these reasons:

- Text has the size and width of the chat. Embeds use a smaller type in a narrow box, and on a phone break fields and
  footers into fragments. Headings and small print (`###`, `-#`) let the point come first and the sources step back.
- A bot needs no permission "Embed Links", and people who switched embeds off still read the answers.
- Several answers in one message are several boxes with one text limit for all, and a decision record can be shown
  where it belongs between two paragraphs.
- An ephemeral "thinking" reply can become a V2 message on its first edit, and every message of the bot is V2, so that
  editing in place never has to cross between the two kinds, which Discord does not allow.

What it costs: 4,000 characters instead of 6,000, and no more than 40 components. `layout` keeps to both.
"""
