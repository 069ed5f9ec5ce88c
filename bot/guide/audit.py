"""placeholder"""

from dataclasses import dataclass
from bot.guide.plan import Plan


@dataclass
class Audit:
    pass


def audit(plan: Plan) -> Audit:
    return Audit()
