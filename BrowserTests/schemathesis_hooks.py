"""Each request of the walk has a key of its own."""
import itertools

import schemathesis

numbers = itertools.count()


@schemathesis.hook
def before_call(context, case, kwargs):
    """What is sent again under its `Idempotency-Key` is answered again and not done again, so that what a first request
    made and another removed would seem to be missing. Keys that are meant to be refused stay as they are."""
    if "Idempotency-Key" in case.headers and case.meta and case.meta.generation.mode == "positive":
        case.headers["Idempotency-Key"] = f"walk-{next(numbers)}"
