"""Times whole training steps in torch: `time_step.py TREE.json SIDE BATCH THREADS` answers each line of input with milliseconds.

Forward, loss, backward and SGD with Nesterov momentum, of the same detection loss, in the layout that is faster on CPUs.
"""

import json
import sys
import time

import torch

import losses
from network import build


def labels(batch: int, side: int, columns: int = 6):
    generator = torch.Generator().manual_seed(1)
    first = torch.rand(batch, columns, 2, generator=generator) * side * 0.6
    size = torch.rand(batch, columns, 2, generator=generator) * side * 0.3 + 8
    return torch.arange(columns).expand(batch, columns) % 3, torch.cat([first, first + size], 2)


def main():
    side, batch, threads = (int(argument) for argument in sys.argv[2:5])
    torch.manual_seed(1)
    torch.set_num_threads(threads)
    with open(sys.argv[1]) as file:
        network = build(json.load(file)).train().to(memory_format=torch.channels_last)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.001, momentum=0.9, nesterov=True, weight_decay=0.0005)
    images = torch.rand(batch, 3, side, side).contiguous(memory_format=torch.channels_last)
    classes, boxes = labels(batch, side)
    print("ready", flush=True)
    for _ in sys.stdin:
        started = time.perf_counter()
        loss, _items = losses.detection(*network(images), classes, boxes, side)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 10)
        optimizer.step()
        print((time.perf_counter() - started) * 1000, flush=True)


main()
