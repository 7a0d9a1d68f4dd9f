"""Task-aligned assignment of anchors to objects (https://arxiv.org/abs/2108.07755), in torch."""

import torch


class Assignment:
    """`column` [batch, anchors]: the object of each anchor; `positive`: whether it has one; `scores` [batch, anchors, classes]."""

    def __init__(self, column, positive, scores):
        self.column, self.positive, self.scores = column, positive, scores


@torch.no_grad()
def assign(scores, overlaps, inside, classes, top=10, alpha=0.5, beta=6.0, eps=1e-9) -> Assignment:
    """
    scores [batch, anchors, classes] in 0…1; overlaps [batch, objects, anchors] of objects and predictions, at least 0; inside, of the
    same shape: whether the anchor's centre is in the object, false for rows that are no object; classes [batch, objects].
    """
    batch, objects, anchors = overlaps.shape
    ids = classes.clamp(min=0)
    of_class = torch.gather(scores.transpose(1, 2), 1, ids[..., None].expand(-1, -1, anchors))
    overlaps = torch.where(inside, overlaps, torch.zeros_like(overlaps))
    alignment = torch.where(inside, of_class**alpha * overlaps**beta, torch.zeros_like(overlaps))
    best = torch.zeros_like(inside).scatter_(2, alignment.topk(top, 2).indices, True)
    chosen = best & (alignment > 0)
    # An anchor that several objects want goes to the one that it overlaps most, of all objects.
    several = chosen.sum(1, keepdim=True) > 1
    largest = torch.zeros_like(chosen).scatter_(1, overlaps.argmax(1, keepdim=True), True)
    chosen = torch.where(several, largest, chosen)
    positive = chosen.any(1)
    column = chosen.float().argmax(1)
    aligned = torch.where(chosen, alignment, torch.zeros_like(alignment))
    most_aligned = aligned.amax(2, keepdim=True)
    most_overlap = torch.where(chosen, overlaps, torch.zeros_like(overlaps)).amax(2, keepdim=True)
    weight = (aligned * most_overlap / (most_aligned + eps)).amax(1)
    target = torch.nn.functional.one_hot(ids.gather(1, column), scores.shape[2]).to(scores.dtype)
    return Assignment(column, positive, target * weight[..., None] * positive[..., None])
