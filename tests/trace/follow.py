"""Follows a trace that another process is writing: opens once, refreshes, and sees it grow."""
import sys
import time

import h5py

path = sys.argv[1]
while True:
    try:
        trace = h5py.File(path, "r", swmr=True)
        break
    except OSError:
        time.sleep(0.02)  # not made yet
columns = {name: trace[name] for name in ("steps/at", "born/at", "entities/liners.lots/entity")}
checkpoint = trace["checkpoint"]
tables = [name.decode() for name in checkpoint.attrs["columns"]]


def rows():
    """Rows of the newest whole checkpoint, by table."""
    checkpoint.refresh()
    slots = [slot for slot in checkpoint[:] if slot[0] == slot[-1]]
    return dict(zip(tables, max(slots, key=lambda slot: slot[0])))


seen = []
while len(seen) < 4:
    now = rows()
    if now["/steps"] == 0 or seen and now["/steps"] == seen[-1]:
        time.sleep(0.02)
        continue
    for name, column in columns.items():
        column.refresh()
        table = "/" + name.rpartition("/")[0]
        assert len(column) >= now[table], (name, len(column), now[table])
    stamps = columns["steps/at"][: now["/steps"]]
    assert (stamps[1:] >= stamps[:-1]).all(), "stamps do not grow"
    assert stamps[0] > 0 and stamps[-1] < now["sealed [ms]"] < 2**62, now
    assert columns["entities/liners.lots/entity"][: now["/entities/liners.lots"]].all()
    seen.append(now["/steps"])
print("followed", *seen)
