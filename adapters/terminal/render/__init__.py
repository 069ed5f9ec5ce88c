"""From replies to text blocks for a terminal."""
