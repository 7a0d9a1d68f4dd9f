"""Networks of YOLO checkpoints in torch, from the description of their module trees that `describe-tree.ts` writes.

A module has the parameters of its namesake and the same place in the tree, so that both sides name them alike. What each computes
is written down here by itself, from the papers and the published layer tables, to have something to compare with.
"""

import torch
import torch.nn.functional as F
from torch import nn


def build(tree: dict) -> nn.Module:
    """The module that a node {"class", "attributes", "children"} stands for."""
    kind = tree["class"]
    if kind == "DFL":
        # Its fixed weights decode distances; no loss goes through it.
        return nn.Identity()
    if kind not in KINDS:
        raise ValueError(f"{kind} is not among the modules written down here: {', '.join(sorted(KINDS))}")
    return KINDS[kind](tree["attributes"], {name: build(child) for name, child in tree["children"].items()})


class Parts(nn.Module):
    """Children under their names, attributes as they are."""

    def __init__(self, attributes: dict, children: dict):
        super().__init__()
        self.attributes = attributes
        for name, child in children.items():
            self.add_module(name, child)

    def parts(self):
        return list(self.children())


def convolution(a: dict, _) -> nn.Module:
    padding, bias = tuple(a["padding"]), a["bias"]
    options = dict(stride=tuple(a["stride"]), padding=padding, groups=a["groups"], bias=bias)
    kind = nn.ConvTranspose2d if a.get("transposed") else nn.Conv2d
    return kind(a["in_channels"], a["out_channels"], tuple(a["kernel_size"]), **options)


def batch_norm(a: dict, _) -> nn.Module:
    return nn.BatchNorm2d(a["num_features"], eps=a["eps"], momentum=a["momentum"])


class Conv(Parts):
    def forward(self, x):
        return self.act(self.bn(self.conv(x)))


class Sequential(Parts):
    def forward(self, x):
        for part in self.parts():
            x = part(x)
        return x


class Bottleneck(Parts):
    def forward(self, x):
        y = self.cv2(self.cv1(x))
        return x + y if self.attributes["add"] else y


class C2f(Parts):
    """Halves of the first convolution, and what each item makes of the latest piece, joined (also C3k2)."""

    def forward(self, x):
        pieces = list(self.cv1(x).chunk(2, 1))
        for item in self.m.parts():
            pieces.append(item(pieces[-1]))
        return self.cv2(torch.cat(pieces, 1))


class C3(Parts):
    """Items on one branch, the other beside it (also C3k)."""

    def forward(self, x):
        return self.cv3(torch.cat([self.m(self.cv1(x)), self.cv2(x)], 1))


class Sppf(Parts):
    def forward(self, x):
        maps = [self.cv1(x)]
        for _ in range(3):
            maps.append(self.m(maps[-1]))
        return self.cv2(torch.cat(maps, 1))


class MaxPool(Parts):
    def forward(self, x):
        a = self.attributes
        return F.max_pool2d(x, a["kernel_size"], a["stride"], a["padding"])


class Upsample(Parts):
    def forward(self, x):
        return F.interpolate(x, scale_factor=self.attributes["scale_factor"], mode="nearest")


class Concat(Parts):
    def forward(self, maps):
        return torch.cat(maps, 1)


class Detect(Parts):
    """Raw answers: the distances' logits [batch, 4·bins, anchors] and the class logits [batch, classes, anchors]."""

    def forward(self, maps):
        def joined(branches):
            return torch.cat([branch(x).flatten(2) for branch, x in zip(branches.parts(), maps)], 2)

        return joined(self.cv2), joined(self.cv3)


class Model(Parts):
    """The layers, each of which reads the last one's map or those it names."""

    def forward(self, x):
        made = []
        for layer in self.model.parts():
            source = layer.attributes["f"]
            if isinstance(source, list):
                x = layer([made[i] for i in source])
            else:
                x = layer(made[source] if made else x)
            made.append(x)
        return x


KINDS = {
    "Conv2d": convolution,
    "ConvTranspose2d": convolution,
    "BatchNorm2d": batch_norm,
    "SiLU": lambda *_: nn.SiLU(inplace=True),
    "Identity": lambda *_: nn.Identity(),
    "Conv": Conv,
    "DWConv": Conv,
    "Sequential": Sequential,
    "ModuleList": Parts,
    "Bottleneck": Bottleneck,
    "C2f": C2f,
    "C3k2": C2f,
    "C3": C3,
    "C3k": C3,
    "SPPF": Sppf,
    "MaxPool2d": MaxPool,
    "Upsample": Upsample,
    "Concat": Concat,
    "Detect": Detect,
    "DetectionModel": Model,
}
