"""Records what torch makes of one training step: `record.py TREE.json LABELS.json` prints the record as JSON.

All is computed in double precision from numbers that single precision holds, so that the record is the truth that single precision
comes near to.
"""

import json
import sys

import torch

import losses
from network import build
from numbers_by_name import between, parameter, uniform


def tensor(numbers):
    return torch.tensor(numbers, dtype=torch.float64)


def direction(name, shape):
    """±1 in an order by the name: what gradients are projected on."""
    return tensor((uniform(f"direction of {name}", int(torch.Size(shape).numel())) < 0.5) * 2.0 - 1.0).reshape(shape)


def told(name, gradient):
    return {"name": name, "norm": digits(gradient.norm()), "along": digits((gradient * direction(name, gradient.shape)).sum())}


def digits(number):
    return float(f"{float(number):.9g}")


def step(tree, labels):
    network = build(tree).double().train()
    with torch.no_grad():
        for name, value in network.named_parameters():
            value.copy_(tensor(parameter(name, value.shape)))
    side, batch = labels["side"], len(labels["classes"])
    images = tensor(between("images", (batch, 3, side, side), 0, 1))
    boxes, scores = network(images)
    loss, items = losses.detection(boxes, scores, torch.tensor(labels["classes"]), tensor(labels["boxes"]), side)
    loss.backward()
    gradients = [told(name, value.grad) for name, value in network.named_parameters()]
    return {"loss": digits(loss), "items": {name: digits(item) for name, item in items.items()}, "gradients": gradients}


def main():
    tree, labels = (json.load(open(path)) for path in sys.argv[1:3])
    print(json.dumps({"torch": torch.__version__, "detection": step(tree, labels), "labels": labels}))


main()
