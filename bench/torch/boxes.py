"""Overlaps of boxes as losses need them, pair by pair with broadcasting, in torch."""

import math

import torch


def complete_iou(a, b, eps: float = 1e-7):
    """IoU less the distance of centres and of shapes (https://arxiv.org/abs/1911.08287), of boxes x1 y1 x2 y2."""
    (ax1, ay1, ax2, ay2), (bx1, by1, bx2, by2) = a.unbind(-1), b.unbind(-1)
    aw, ah, bw, bh = ax2 - ax1, ay2 - ay1 + eps, bx2 - bx1, by2 - by1 + eps
    across = (torch.minimum(ax2, bx2) - torch.maximum(ax1, bx1)).clamp(min=0)
    down = (torch.minimum(ay2, by2) - torch.maximum(ay1, by1)).clamp(min=0)
    shared = across * down
    iou = shared / (aw * ah + bw * bh - shared + eps)
    width = torch.maximum(ax2, bx2) - torch.minimum(ax1, bx1)
    height = torch.maximum(ay2, by2) - torch.minimum(ay1, by1)
    diagonal = width**2 + height**2 + eps
    distance = ((bx1 + bx2 - ax1 - ax2) ** 2 + (by1 + by2 - ay1 - ay2) ** 2) / 4
    shape = 4 / math.pi**2 * (torch.atan(bw / bh) - torch.atan(aw / ah)) ** 2
    with torch.no_grad():
        weight = shape / (shape - iou + 1 + eps)
    return iou - distance / diagonal - shape * weight


def normal_distribution(boxes, floor):
    """A box cx cy w h angle as a normal distribution of the same spread: a, b, c of [[a, c], [c, b]] and the determinant."""
    along, across, angle = boxes[..., 2] ** 2 / 12 + floor, boxes[..., 3] ** 2 / 12 + floor, boxes[..., 4]
    cos, sin = torch.cos(angle), torch.sin(angle)
    a, b = along * cos**2 + across * sin**2, along * sin**2 + across * cos**2
    return a, b, (along - across) * cos * sin, along * across


def probabilistic_iou(p, q, floor: float = 0.0, eps: float = 1e-7):
    """1 − Hellinger distance of the boxes' normal distributions (https://arxiv.org/abs/2106.06072)."""
    (a1, b1, c1, own1), (a2, b2, c2, own2) = normal_distribution(p, floor), normal_distribution(q, floor)
    a, b, c = a1 + a2, b1 + b2, c1 + c2
    x, y = p[..., 0] - q[..., 0], q[..., 1] - p[..., 1]
    determinant = a * b - c**2
    mahalanobis = (a * y**2 + b * x**2) / (determinant + eps) / 4
    cross = c * x * y / (determinant + eps) / 2
    spread = torch.log(determinant / (4 * (own1 * own2).sqrt() + eps) + eps) / 2
    bhattacharyya = (mahalanobis + cross + spread).clamp(eps, 100)
    return 1 - (1 - torch.exp(-bhattacharyya) + eps).sqrt()
