"""Redraws the figures of the report from two traces: KPIs with and without a measure, and curves.

    portflow compare scenarios/dalian/demo.yaml --with m04 --trace-a a.h5 --trace-b b.h5
    PYTHONPATH=analysis/python python3 analysis/python/example.py a.h5 b.h5 figures.png

Needs python3-matplotlib besides what the package needs.
"""

from __future__ import annotations

import argparse

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt  # noqa: E402 (after the choice of Agg)
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from matplotlib.axes import Axes  # noqa: E402

import portflow  # noqa: E402

A, B, WORSE = "#6b7280", "#0f766e", "#b45309"
LINEAR = 1.0  # per cent: linear within, logarithmic beyond, as in the report
MOST_ROWS, MOST_CURVES = 14, 4


def moved(a: portflow.Trace, b: portflow.Trace) -> pd.DataFrame:
    """The KPIs of the scenario that differ, the largest change first; groups are left out."""
    frame = a.compare(b)
    groups = [name for name in frame.index if name.rpartition(".")[0] in frame.index]
    frame = frame.drop(index=groups)
    frame = frame[(frame.changed > 0) & frame.percent.notna()]
    return frame.sort_values("percent", key=abs, ascending=False)


def draw_changes(axes: Axes, frame: pd.DataFrame, titles: pd.Series[str]) -> None:
    """One dot a KPI: its change in per cent of A.

    One pair of runs cannot say better or worse, so the words are up and down; the colour says which
    way would be better.
    """
    frame = frame.head(MOST_ROWS)[::-1]
    places = np.arange(len(frame))
    good = (frame.difference < 0) == (frame.better == "lower")
    open_ = (frame.better == "neither") | (frame.difference == 0)
    colours = np.where(open_, A, np.where(good, B, WORSE))
    axes.axvspan(-LINEAR, LINEAR, color="#f3f4f6", zorder=0)
    axes.axvline(0, color="#9ca3af", linewidth=1)
    axes.hlines(places, 0, frame.percent, color=colours, linewidth=2)
    axes.scatter(frame.percent, places, color=colours, zorder=3)
    axes.set_xscale("symlog", linthresh=LINEAR)
    axes.set_xlim(-150, 150)
    axes.set_xticks([-100, -10, -1, 0, 1, 10, 100])
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:+g} %" if value else "0")
    axes.set_yticks(places, titles[frame.index])
    for place, row in zip(places, frame.itertuples()):
        word = "up" if row.difference > 0 else "down" if row.difference < 0 else "equal"
        dagger = " †" if row.restricted else ""
        axes.annotate(
            f"{row.a:.4g} → {row.b:.4g} {'' if row.unit == '1' else row.unit}, {word}{dagger}",
            (1.02, place),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=8,
        )
    axes.set_title("Change in per cent of A; green: the better way, orange: the worse", loc="left")


def draw_curve(axes: Axes, a: portflow.Trace, b: portflow.Trace, name: str) -> None:
    """Daily means in both traces, and the target where there is one."""
    kpi = a.kpis().loc[name]
    for trace, colour, width in ((a, A, 3.0), (b, B, 1.5)):
        series = trace.series(name)
        axes.plot(series.index, series.to_numpy(), color=colour, linewidth=width)
    if not np.isnan(kpi.target):
        axes.axhline(kpi.target, color=WORSE, linestyle=":")
    axes.set_ylim(bottom=0)
    axes.set_title(f"{kpi.title_en}{'' if kpi.unit == '1' else ', ' + kpi.unit}", loc="left")
    axes.xaxis.set_major_locator(matplotlib.dates.AutoDateLocator(maxticks=4))
    axes.xaxis.set_major_formatter(matplotlib.dates.DateFormatter("%m-%d", tz=a.begin.tz))


def draw(path_a: str, path_b: str, picture: str) -> None:
    """Writes the figures as PNG. Raises portflow.TraceError for what is no trace."""
    with portflow.open(path_a) as a, portflow.open(path_b) as b:
        frame = moved(a, b)
        kpis = a.kpis()
        # Daily means are not what a maximum or a quantile is about.
        drawn = [name for name in frame.index if kpis.statistic[name] in ("mean", "share")]
        drawn = [name for name in drawn if min(len(a.series(name)), len(b.series(name))) > 1]
        drawn = drawn[:MOST_CURVES]
        figure = plt.figure(figsize=(10, 9), dpi=110, constrained_layout=True)
        upper, lower = figure.subfigures(2, 1, height_ratios=[1.0, 1.0 if drawn else 0.01])
        draw_changes(upper.subplots(), frame, kpis.title_en)
        if drawn:
            grid = lower.subplots(-(-len(drawn) // 2), 2, squeeze=False).flat
            for axes, name in zip(grid, drawn):
                draw_curve(axes, a, b, name)
            for axes in list(grid)[len(drawn) :]:
                axes.set_visible(False)
        names = [", ".join(trace.measures) or "no measure" for trace in (a, b)]
        figure.suptitle(
            f"{a.scenario}: A (grey) {names[0]}, B (green) {names[1]}; replication {a.replication}"
            + ("; † on min(T, follow)" if frame.head(MOST_ROWS).restricted.any() else "")
        )
        figure.savefig(picture)
        plt.close(figure)


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description="redraws the report's figures from two traces")
    parser.add_argument("a", help="trace of the base")
    parser.add_argument("b", help="trace of the policy")
    parser.add_argument("picture", help="PNG to write")
    words = parser.parse_args()
    draw(words.a, words.b, words.picture)


if __name__ == "__main__":
    main()
