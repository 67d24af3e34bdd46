"""The site's settings, with rates that let a benchmark write as fast as it can."""

from factcheck.settings import *  # noqa: F403
from factcheck.settings import REST_FRAMEWORK

REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = {"token": "100000000/min", "address": "100000000/min"}
