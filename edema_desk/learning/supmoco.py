"""WeightSupMoCo: momentum contrast with weighted positives, as arithmetic on features."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional


@dataclass(frozen=True, slots=True)
class Keys:
    """Features of faces and what is known of them, all (n, ...).

    `feature` (n, d) has length one; `is_pre` is the label; `capture` is the clip.
    """

    feature: Tensor
    is_pre: Tensor
    excess_kg: Tensor
    person: Tensor
    capture: Tensor

    def __len__(self) -> int:
        return len(self.feature)


def weight_supmoco_loss(
    query: Keys, own: Tensor, queue: Keys, *, sigma_kg: float, temperature: float
) -> Tensor:
    """Mean over queries i of the weighted cross-entropy of its positives.

    With A(i) = the query's own second view (`own` (n, d)) and the queue without the query's own
    clip, P(i) = those of A(i) on the same side of dialysis, w_ip = exp(-(d_i - d_p)^2 / 2 s^2):

        L_i = - sum_P (w_ip / sum_P w_i.) log( exp(q_i.k_p / T) / sum_A exp(q_i.k_a / T) )

    Own reconstruction: of the published loss (Akamatsu et al., IEEE JBHI 2022,
    DOI 10.1109/JBHI.2022.3227517) one sentence is public, that features are drawn together by
    the similarity of weights where the label before or after dialysis is the same. The frames of
    the query's clip are left out, or the frames of a clip would repel each other. With
    `sigma_kg` infinite it is supervised contrast (Khosla et al., NeurIPS 2020).
    """
    similar = torch.cat(
        [(query.feature * own).sum(1, keepdim=True), query.feature @ queue.feature.T], dim=1
    )
    other_clip = query.capture[:, None] != queue.capture[None, :]
    same_side = query.is_pre[:, None] == queue.is_pre[None, :]
    apart_kg = query.excess_kg[:, None] - queue.excess_kg[None, :]
    kernel = torch.exp(-apart_kg.square() / (2 * sigma_kg**2)) * (same_side & other_clip)
    weight = torch.cat([torch.ones_like(kernel[:, :1]), kernel], dim=1)
    seen = torch.cat([torch.ones_like(other_clip[:, :1]), other_clip], dim=1)
    logits = (similar / temperature).masked_fill(~seen, -torch.inf)
    log_share = functional.log_softmax(logits, dim=1).masked_fill(~seen, 0.0)
    return -((weight / weight.sum(1, keepdim=True)) * log_share).sum(1).mean()
