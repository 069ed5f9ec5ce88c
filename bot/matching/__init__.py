"""From a message to a topic: which question of the knowledge base is this?"""
