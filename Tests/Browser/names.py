"""The one table of addresses, names and words by which the checks find things on the pages."""

# What a link must not be for the crawl to follow it.
LOG_OUT = "/logout"
# The stream of what changes on the overview.
EVENTS = "/live?page=%2F"
