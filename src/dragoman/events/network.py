"""A network in an ONNX file: opens it, and answers questions put to it.

In: a file and questions (arrays by name). Out: what the network answers, question by question. Every question is asked
by itself, several at once on as many threads as there are processors: what stands beside a text changes nothing in the
answer (numbers in eight bits are scaled by the largest of all that is asked together), no time goes into padding, and
the threads a network could spread one question over would wait for each other more than they work.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from dragoman.errors import ModelError


@cache
def threads() -> ThreadPoolExecutor:
    """The threads that networks are asked on, as many as there are processors, shared by all."""
    return ThreadPoolExecutor(max_workers=os.cpu_count() or 1, thread_name_prefix="network")


# A forked process has none of its parent's threads, and would wait for them.
os.register_at_fork(after_in_child=threads.cache_clear)


class Network:
    """Loads the file once; safe to share between threads.

    Raises:
        ModelError: when onnxruntime is not installed.
        OSError, ValueError, RuntimeError: when the file is missing or broken.
    """

    def __init__(self, path: Path) -> None:
        try:
            import onnxruntime  # noqa: PLC0415 - heavy; loaded on first use
        except ImportError as error:
            raise ModelError("onnxruntime is not installed; install it, or read with rules alone") from error
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # An arena would keep what the largest question ever needed.
        options.enable_cpu_mem_arena = False
        self._session: Any = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def __call__(self, outputs: Sequence[str] | None, questions: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
        """The outputs of each question, in order; all outputs when None."""
        if len(questions) < 2:
            return [self._session.run(outputs, dict(question)) for question in questions]
        return list(threads().map(lambda question: self._session.run(outputs, dict(question)), questions))
