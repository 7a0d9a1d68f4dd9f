"""Records what torch makes of one training step: `record.py GIVEN.json` prints the record as JSON.

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


def of_raw(case):
    """The loss of raw answers that are given, and its gradients by them."""
    raw = {name: tensor(numbers).reshape(case["shapes"][name]).requires_grad_() for name, numbers in case["raw"].items()}
    classes, side = torch.tensor(case["classes"]), case["side"]
    task, answers = case["task"], list(raw.values())
    if task == "classify":
        loss, items = losses.classification(raw["logits"], classes, case["labelSmoothing"])
    elif task == "segment":
        masks = torch.tensor(case["masks"]).reshape(len(classes), side // 4, side // 4)
        loss, items = losses.segmentation(*answers, classes, tensor(case["boxes"]), masks, side)
    elif task == "pose":
        loss, items = losses.keypoints(*answers, classes, tensor(case["boxes"]), tensor(case["keypoints"]), side)
    elif task == "obb":
        loss, items = losses.oriented(*answers, classes, tensor(case["boxes"]), side)
    else:
        loss, items = losses.detection(*answers, classes, tensor(case["boxes"]), side)
    loss.backward()
    gradients = [told(f"{task} {name}", value.grad) for name, value in raw.items()]
    return {"loss": digits(loss), "items": {name: digits(item) for name, item in items.items()}, "gradients": gradients}


def main():
    with open(sys.argv[1]) as file:
        given = json.load(file)
    record = {"torch": torch.__version__, "detection": step(given["tree"], given["labels"]), "labels": given["labels"]}
    print(json.dumps({**record, "losses": {case["task"]: of_raw(case) for case in given["cases"]}}))


main()
