"""Losses of raw answers for all tasks, in torch: what the losses of the training engine are compared with.

Raw answers as `lib/engines/training/network/raw-outputs.ts` describes them, labels as `batch/training-batch.ts` does. Every function
gives (loss, items): the sum of the parts times the batch, and each part with its gain.
"""

import math

import torch
import torch.nn.functional as F

from assign import assign
from boxes import complete_iou, probabilistic_iou

GAINS = {"box": 7.5, "cls": 0.5, "dfl": 1.5, "pose": 12.0, "kobj": 1.0}

# What the evaluation of COCO takes for the seventeen keypoints of a person, halved as it says (https://cocodataset.org/#keypoints-eval).
COCO_SIGMAS = [0.26, 0.25, 0.25, 0.35, 0.35, 0.79, 0.79, 0.72, 0.72, 0.62, 0.62, 1.07, 1.07, 0.87, 0.87, 0.89, 0.89]


def anchor_points(side: int, dtype, strides=(8, 16, 32)):
    """Centres in cells [anchors, 2] and pixels per cell [anchors, 1] of a square image's levels."""
    points, pixels = [], []
    for stride in strides:
        cells = torch.arange(side // stride, dtype=dtype) + 0.5
        y, x = torch.meshgrid(cells, cells, indexing="ij")
        points.append(torch.stack([x.flatten(), y.flatten()], 1))
        pixels.append(torch.full((x.numel(), 1), float(stride), dtype=dtype))
    return torch.cat(points), torch.cat(pixels)


def distances(raw_boxes, bins):
    """Raw [batch, 4·bins, anchors] as expected distances [batch, anchors, 4] and their logits [batch, anchors, 4, bins]."""
    logits = raw_boxes.transpose(1, 2).unflatten(2, (4, bins))
    steps = torch.arange(bins, dtype=logits.dtype)
    return (logits.softmax(3) @ steps), logits


def focal_distribution(logits, target):
    """Cross-entropies with the two bins beside the target, weighed by nearness (https://arxiv.org/abs/2006.04388), mean of the sides."""
    low = target.floor().long()
    near = low + 1 - target
    logs = logits.log_softmax(-1)

    def entropy(bin_):
        return -logs.gather(-1, bin_[..., None])[..., 0]

    return (entropy(low) * near + entropy(low + 1) * (1 - near)).mean(-1)


def weighted(values, weight):
    """Σ values·weight over anchors that have an object."""
    return (values * weight)[weight > 0].sum() if (weight > 0).any() else values.sum() * 0


class Common:
    """What the tasks with boxes share: predictions, assignment, class loss."""

    def __init__(self, raw_boxes, raw_scores, classes, boxes, side, angles=None, bins=16):
        self.points, self.strides = anchor_points(side, raw_boxes.dtype)
        self.classes, self.boxes = classes, boxes
        distance, self.logits = distances(raw_boxes, bins)
        first, second = distance.split(2, 2)
        if angles is None:
            self.predicted = torch.cat([self.points - first, self.points + second], 2)
        else:
            self.predicted = rotated(first, second, angles, self.points)
        self.assigned = self.assign(raw_scores, angles is not None)
        self.weight = self.assigned.scores.sum(2)
        self.total = max(self.weight.sum().item(), 1.0)
        raw = raw_scores.transpose(1, 2)
        self.cls = F.binary_cross_entropy_with_logits(raw, self.assigned.scores, reduction="sum") / self.total

    @torch.no_grad()
    def assign(self, raw_scores, is_rotated):
        centres = self.points * self.strides
        objects = self.boxes[:, :, None]
        if is_rotated:
            pixels = torch.cat([self.predicted[..., :4] * self.strides, self.predicted[..., 4:]], 2)[:, None]
            overlaps, inside = probabilistic_iou(objects, pixels), inside_rotated(centres, objects)
        else:
            overlaps = complete_iou(objects, (self.predicted * self.strides)[:, None])
            sides = torch.cat([centres - objects[..., :2], objects[..., 2:] - centres], 3)
            inside = sides.amin(3) > 1e-9
        inside &= (self.classes >= 0)[..., None]
        return assign(raw_scores.transpose(1, 2).sigmoid(), overlaps.clamp(min=0), inside, self.classes)

    def target(self, per_object):
        """What each anchor's object has of [batch, objects, …]."""
        index = self.assigned.column.reshape(*self.assigned.column.shape, *[1] * (per_object.dim() - 2))
        return per_object.gather(1, index.expand(-1, -1, *per_object.shape[2:]))

    def focal(self, first, second, bins=16):
        """The distribution loss of the sides' distances from the anchor."""
        sides = torch.cat([first, second], 2).clamp(0, bins - 1 - 0.01)
        return weighted(focal_distribution(self.logits, sides), self.weight) / self.total

    def aligned_boxes(self):
        target = self.target(self.boxes) / self.strides
        iou = complete_iou(self.predicted, target)
        box = weighted(1 - iou, self.weight) / self.total
        return box, self.focal(self.points - target[..., :2], target[..., 2:] - self.points)


def rotated(first, second, angles, points):
    """Distances before the box is turned around its anchor, as cx cy w h angle in cells."""
    angle = angles.transpose(1, 2)
    x, y = ((second - first) / 2).split(1, 2)
    cos, sin = torch.cos(angle), torch.sin(angle)
    return torch.cat([x * cos - y * sin + points[:, :1], x * sin + y * cos + points[:, 1:], first + second, angle], 2)


def inside_rotated(centres, objects):
    """Whether the centre lies within the box, seen along its own axes."""
    dx, dy = (centres - objects[..., :2]).unbind(-1)
    cos, sin = torch.cos(objects[..., 4]), torch.sin(objects[..., 4])
    along, across = dx * cos + dy * sin, dy * cos - dx * sin
    return (2 * along.abs() <= objects[..., 2]) & (2 * across.abs() <= objects[..., 3])


def summed(batch, **parts):
    return sum(parts.values()) * batch, {name: part.item() for name, part in parts.items()}


def detection(raw_boxes, raw_scores, classes, boxes, side):
    common = Common(raw_boxes, raw_scores, classes, boxes, side)
    box, dfl = common.aligned_boxes()
    gained = {"box_loss": box * GAINS["box"], "cls_loss": common.cls * GAINS["cls"], "dfl_loss": dfl * GAINS["dfl"]}
    return summed(len(classes), **gained)


def oriented(raw_boxes, raw_scores, raw_angles, classes, boxes, side):
    """Oriented boxes: angles from −π/4 to 3π/4 by a logistic function; distances along the object's own sides."""
    angles = (raw_angles.sigmoid() - 0.25) * math.pi
    common = Common(raw_boxes, raw_scores, classes, boxes, side, angles)
    target = common.target(boxes)
    target = torch.cat([target[..., :4] / common.strides, target[..., 4:]], 2)
    box = weighted(1 - probabilistic_iou(common.predicted, target, floor=0.01), common.weight) / common.total
    away, angle = common.points - target[..., :2], target[..., 4]
    cos, sin = torch.cos(angle), torch.sin(angle)
    turned = torch.stack([away[..., 0] * cos + away[..., 1] * sin, away[..., 1] * cos - away[..., 0] * sin], 2)
    half = target[..., 2:4] / 2
    dfl = common.focal(half + turned, half - turned)
    # The angle counts less the nearer the box is to a square, and is the same for any quarter turn.
    importance = torch.exp(-((torch.log(target[..., 2] + 1e-9) - torch.log(target[..., 3] + 1e-9)) ** 2) / 9)
    turn = weighted(importance * torch.sin(2 * (common.predicted[..., 4] - angle)) ** 2, common.weight) / common.total
    gained = {"box_loss": box * GAINS["box"], "cls_loss": common.cls * GAINS["cls"], "dfl_loss": dfl * GAINS["dfl"]}
    return summed(len(classes), **gained, angle_loss=turn)


def segmentation(raw_boxes, raw_scores, coefficients, prototypes, classes, boxes, masks, side):
    """Masks: cross-entropy of the prototypes' sum within the object's box, over its area, mean of all anchors with an object."""
    common = Common(raw_boxes, raw_scores, classes, boxes, side)
    box, dfl = common.aligned_boxes()
    rows = torch.arange(prototypes.shape[2]).to(prototypes.dtype)
    columns = torch.arange(prototypes.shape[3]).to(prototypes.dtype)
    seg = prototypes.sum() * 0
    for image in range(len(classes)):
        for anchor in common.assigned.positive[image].nonzero()[:, 0]:
            index = common.assigned.column[image, anchor]
            logits = torch.einsum("k,khw->hw", coefficients[image, :, anchor], prototypes[image])
            cross = F.binary_cross_entropy_with_logits(logits, (masks[image] == index + 1).to(logits.dtype), reduction="none")
            x1, y1, x2, y2 = boxes[image, index] / 4
            within = ((columns >= x1) & (columns < x2))[None] & ((rows >= y1) & (rows < y2))[:, None]
            area = (x2 - x1) * (y2 - y1) / rows.numel() / columns.numel()
            seg = seg + (cross * within).mean() / area
    seg = seg / common.assigned.positive.sum().clamp(min=1)
    gained = {"box_loss": box * GAINS["box"], "seg_loss": seg * GAINS["box"], "cls_loss": common.cls * GAINS["cls"]}
    return summed(len(classes), **gained, dfl_loss=dfl * GAINS["dfl"])


def keypoints(raw_boxes, raw_scores, raw_points, classes, boxes, points, side):
    """Poses: 1 − e^(−distance² / (2·area·(2σ)²)) of labelled keypoints, and cross-entropy of whether they are labelled."""
    common = Common(raw_boxes, raw_scores, classes, boxes, side)
    box, dfl = common.aligned_boxes()
    count = points.shape[2]
    raw = raw_points.transpose(1, 2).unflatten(2, (count, 3))
    places = raw[..., :2] * 2 + (common.points - 0.5)[:, None]
    positive = common.assigned.positive
    target = common.target(points.flatten(2)).unflatten(2, (count, 3))
    cells = target[..., :2] / common.strides[:, None]
    sides = common.target(boxes) / common.strides
    area = ((sides[..., 2] - sides[..., 0]) * (sides[..., 3] - sides[..., 1]))[..., None]
    sigmas = torch.tensor(COCO_SIGMAS, dtype=raw.dtype) / 10 if count == 17 else torch.full((count,), 1 / count, dtype=raw.dtype)
    labelled = (target[..., 2] != 0).to(raw.dtype)
    squares = ((places - cells) ** 2).sum(-1)
    error = squares / ((2 * sigmas) ** 2 * (area + 1e-9) * 2)
    factor = count / (labelled.sum(-1, keepdim=True) + 1e-9)
    pose = (factor * (1 - torch.exp(-error)) * labelled)[positive].mean()
    kobj = F.binary_cross_entropy_with_logits(raw[..., 2][positive], labelled[positive])
    gained = {"box_loss": box * GAINS["box"], "pose_loss": pose * GAINS["pose"], "kobj_loss": kobj * GAINS["kobj"]}
    return summed(len(classes), **gained, cls_loss=common.cls * GAINS["cls"], dfl_loss=dfl * GAINS["dfl"])


def classification(logits, classes, label_smoothing):
    """Minimised as it is, not times the batch."""
    loss = F.cross_entropy(logits, classes, label_smoothing=label_smoothing)
    return loss, {"loss": loss.item()}
