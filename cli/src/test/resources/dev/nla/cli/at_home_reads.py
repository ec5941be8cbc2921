"""nla-at-home's own scripts read files that nla exported: at_home_reads.py REPOSITORY FOLDER MODEL_KEY LAYER.

Prints how many pairs of activation and description its trainer finds, and what its overview says of the file.
"""
import sys
from pathlib import Path

repository, folder, model, layer = sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
sys.path.insert(0, repository + "/scripts")

import status
import train_av

train_av.ACTIVATIONS_DIR = train_av.GENERATED_DIR = status.ACTIVATIONS_DIR = folder
activations, descriptions, _ = train_av.load_data(model, layer)
print("pairs:", len(descriptions), tuple(activations.shape))
print("overview:", status.check_activations())
