"""How well a knowledge base answers, and what it missed."""
