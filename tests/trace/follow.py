"""Follows a trace that another process is writing: opens once, refreshes, and sees it grow."""
import sys
import time

import h5py
import numpy as np

path = sys.argv[1]
while True:
    try:
        trace = h5py.File(path, "r", swmr=True)
        break
    except OSError:
        time.sleep(0.02)  # not made yet
columns = {name: trace[name] for name in ("steps/after", "born/after", "identities/hash")}
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
    after = columns["steps/after"][: now["/steps"]]
    stamps = np.concatenate([after[at : at + 16384].cumsum() for at in range(0, len(after), 16384)])
    assert (stamps[1:] >= stamps[:-1]).all(), "stamps do not grow"
    assert stamps[0] > 0 and stamps[-1] < now["sealed [ms]"] < 2**62, now
    assert len(columns["identities/hash"][: now["/identities"]]) == now["/identities"]
    seen.append(now["/steps"])
print("followed", *seen)
