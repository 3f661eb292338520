"""Runs learners' programs off the caller's thread, and grades them by their tests."""

from assistant.config.paths import Paths, installed_sandbox
from assistant.domain.exercise import RunReport
from assistant.domain.trace import ProgramRun, Trace
from assistant.sandbox.sandbox import Sandbox
from assistant.services.jobs import Job, Workers

_PREPARING = "Preparing the sandbox; this takes some ten seconds, once"


def sandbox_of(paths: Paths) -> Sandbox:
    """The sandbox of a profile; what has to be compiled is kept apart from the note of its hash."""
    return Sandbox(installed_sandbox(), paths.cache / "sandbox", paths.state / "sandbox")


class GradingService:
    """Programs in, results out; one program at a time, in the order in which they come.

    Args:
        workers: Where it waits for them.
        sandbox: Runs them. The service closes it.
    """

    def __init__(self, workers: Workers, sandbox: Sandbox) -> None:
        self._workers = workers
        self.sandbox = sandbox
        """For services that are on a worker's thread already."""

    def warm_up(self) -> Job[None]:
        """Has the sandbox ready before it is needed; a lesson with code begins with this."""

        def work(job: Job[None]) -> None:
            self.sandbox.warm_up(lambda: job.report(0.0, _PREPARING))

        return self._workers.in_pool(work)

    def run(self, source: str, stdin: str = "") -> Job[ProgramRun]:
        """Runs a program. See ``Sandbox.run``."""
        return self._workers.in_pool(
            lambda job: self.sandbox.run(
                source,
                stdin,
                cancel=job.cancel_token,
                on_preparing=lambda: job.report(0.0, _PREPARING),
            )
        )

    def trace(self, source: str, stdin: str = "") -> Job[Trace]:
        """Runs a program step by step. See ``Sandbox.trace``."""
        return self._workers.in_pool(
            lambda job: self.sandbox.trace(
                source,
                stdin,
                cancel=job.cancel_token,
                on_preparing=lambda: job.report(0.0, _PREPARING),
            )
        )

    def grade(self, source: str, tests: str, module: str) -> Job[RunReport]:
        """Runs tests against a program. See ``Sandbox.grade``."""
        return self._workers.in_pool(
            lambda job: self.sandbox.grade(
                source,
                tests,
                module,
                cancel=job.cancel_token,
                on_preparing=lambda: job.report(0.0, _PREPARING),
            )
        )

    def close(self) -> None:
        """Ends what is being run."""
        self.sandbox.close()
