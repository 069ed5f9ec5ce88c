"""The platforms that the service can run."""


class PlatformRefusedError(Exception):
    """A platform will not have this service as it is configured; `str` says why and what to do.

    A new attempt with the same settings would be refused again, so the process ends with `exit_code` (EX_CONFIG), and
    hosts do not restart it in a loop.
    """

    exit_code = 78
