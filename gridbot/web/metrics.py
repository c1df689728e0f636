"""What was counted, for Prometheus: a registry of our own, filled at each scrape."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from gridbot.models.reckoning import overview
from gridbot.web.needs import NEEDS, WebApp

INTENT = "intent."


@dataclass(frozen=True, slots=True, eq=False)
class Scrape(Collector):
    """One look at everything that is counted."""

    needs: WebApp
    depths: overview.Depths
    states: dict[str, int]

    def collect(self) -> Iterable[Metric]:
        yield from self._counters()
        yield _gauge("gridbot_inbox_waiting", "Messages that wait for their turn.", self.depths.inbox)
        yield _gauge("gridbot_inbox_parked", "Messages whose turn failed three times.", self.depths.parked)
        yield _gauge("gridbot_outbox_waiting", "Messages that wait to be sent.", self.depths.outbox)
        yield _gauge("gridbot_outbox_dead", "Messages that cannot be sent.", self.depths.dead)
        yield _gauge("gridbot_due_lag_seconds", "Age of the oldest undone due row.", self.depths.due_lag_s)
        pages = self.needs.chat.followers if self.needs.chat else 0
        yield _gauge("gridbot_webchat_sockets", "Open conversations of the web chat.", pages)
        yield _labelled("gridbot_tickets", "Tickets by state.", "state", self.states)
        up = {name: int(one.state == "up") for name, one in self.needs.transports.items()}
        yield _labelled("gridbot_transport_up", "Whether a transport is connected.", "transport", up)

    def _counters(self) -> Iterable[Metric]:
        for part, counts in self.needs.counts.items():
            plain = {name: value for name, value in counts.items() if not name.startswith(INTENT)}
            yield _counter(f"gridbot_{part}", f"What {part} has done since the start.", "what", plain)
            intents = {n.removeprefix(INTENT): v for n, v in counts.items() if n.startswith(INTENT)}
            if intents:
                yield _counter(f"gridbot_{part}_intents", "Turns by what was wanted.", "intent", intents)


async def metrics(request: web.Request) -> web.Response:
    """`/metrics`."""
    needs = request.app[NEEDS]
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Scrape(needs, await overview.depths(needs.clock.now()), await overview.ticket_states()))
    return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(name, about, value=value)


def _labelled(name: str, about: str, label: str, values: dict[str, int]) -> Metric:
    family = GaugeMetricFamily(name, about, labels=[label])
    for key, value in sorted(values.items()):
        family.add_metric([key], value)
    return family


def _counter(name: str, about: str, label: str, values: dict[str, int]) -> Metric:
    family = CounterMetricFamily(name, about, labels=[label])
    for key, value in sorted(values.items()):
        family.add_metric([key], value)
    return family
