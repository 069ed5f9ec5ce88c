"""placeholder"""

from bot.guide.plan import Plan


def diagram(plan: Plan) -> str:
    return ""
