"""The PyTorch side of the benchmarks: reads requests as JSON lines from stdin and answers each with one JSON line.

    {"do": "hello", "threads": 2}                          versions
    {"do": "prepare", "setup", "body", "check"}            the digests of the tensors in `check`
    {"do": "compile", "with"}                              puts torch.compile before the timed part
    {"do": "time", "repetitions": 100, "compiled": false}  seconds
    {"do": "forget"}                                       drops the program
    {"do": "peak"}                                         peak resident memory of this process, in bytes
"""
import json
import platform
import resource
import sys
import textwrap
import time

import torch
import torch_nets as nets
from torch import nn
from torch.nn import functional as F

programs = {}


def flat(outputs):
    """The tensors of a result: one, or several as a tuple."""
    return [outputs] if isinstance(outputs, torch.Tensor) else list(outputs)


def no_grad(body):
    with torch.no_grad():
        return body()


def digest(tensor):
    """Mean magnitude and a mean that depends on every position; `digest` in harness/digest.ts computes the same."""
    values = tensor.detach().flatten().to(torch.float64)
    weights = (torch.arange(len(values)) * 617 % 1009 + 1).to(torch.float64) / 1009
    return [values.abs().mean().item(), (values * weights).mean().item()]


def peak():
    """Peak resident memory. What `getrusage` answers begins, on Linux, with what the parent held when it started this process."""
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) * 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def build(setup, body, check):
    """A function of all three, so that the timed statements use local names, as in a user's function."""
    source = (
        "def make():\n" + textwrap.indent(setup, "    ") + "\n"
        "    def loop(repetitions):\n        for _ in range(repetitions):\n" + textwrap.indent(body, " " * 12) + "\n"
        "    def check():\n        return " + check + "\n"
        "    return loop, check\n"
    )
    scope = {"torch": torch, "F": F, "nn": nn, "nets": nets, "flat": flat, "no_grad": no_grad}
    exec(compile(source, "workload", "exec"), scope)
    return scope["make"]()


def answer(request):
    do = request["do"]
    if do == "hello":
        torch.set_num_threads(request["threads"])
        return {"torch": torch.__version__, "python": platform.python_version()}
    if do == "prepare":
        programs["source"] = (request["setup"], request["body"], request["check"])
        programs["eager"], check = build(*programs["source"])
        return {"digests": [digest(tensor) for tensor in check()]}
    if do == "compile":
        setup, body, check = programs["source"]
        programs["compiled"], _ = build(setup + "\n" + request["with"], body, check)
        programs["compiled"](2)
        return {}
    if do == "time":
        loop = programs["compiled" if request.get("compiled") else "eager"]
        start = time.perf_counter()
        loop(request["repetitions"])
        return {"seconds": time.perf_counter() - start}
    if do == "peak":
        return {"bytes": peak()}
    programs.clear()
    if "torch._dynamo" in sys.modules:
        torch._dynamo.reset()
    return {}


def main():
    for line in sys.stdin:
        try:
            reply = answer(json.loads(line))
        except Exception as error:
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), flush=True)


main()
