"""Trajectories of PyTorch's own optimisers over 100 steps, in float64, written to torch-trajectories.json.

    pip install torch
    python3 torch-trajectories.py > torch-trajectories.json

The loss is made of additions and multiplications only, so that its gradient is the same in every implementation up to
the order of a few roundings: Rosenbrock's function of three variables plus a quartic. `foreach=False` takes the plain
implementation, one parameter at a time.
"""
import json

import torch

START = [-1.2, 1.0, 0.5]
STEPS = 100


def loss_of(p):
    x, y, z = p
    return (
        100 * (y - x * x) * (y - x * x)
        + (1 - x) * (1 - x)
        + 100 * (z - y * y) * (z - y * y)
        + (1 - y) * (1 - y)
        + 0.25 * (z * z) * (z * z)
    )


CASES = {
    "gradientDescent": lambda p: torch.optim.SGD([p], lr=1e-4, foreach=False),
    "momentum": lambda p: torch.optim.SGD([p], lr=1e-4, momentum=0.9, foreach=False),
    "nesterov": lambda p: torch.optim.SGD([p], lr=1e-4, momentum=0.9, nesterov=True, foreach=False),
    "rmsprop": lambda p: torch.optim.RMSprop([p], foreach=False),
    "rmsprop, own options": lambda p: torch.optim.RMSprop([p], lr=0.002, alpha=0.9, eps=1e-6, foreach=False),
    "adam": lambda p: torch.optim.Adam([p], foreach=False),
    "adam, own options": lambda p: torch.optim.Adam([p], lr=0.05, betas=(0.8, 0.99), eps=1e-6, foreach=False),
    "adamW": lambda p: torch.optim.AdamW([p], foreach=False),
    "adamW, own options": lambda p: torch.optim.AdamW([p], lr=0.05, weight_decay=0.1, foreach=False),
}

trajectories = {}
for name, make in CASES.items():
    p = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = make(p)
    path = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss_of(p).backward()
        optimizer.step()
        path.append(p.detach().tolist())
    trajectories[name] = path

print(json.dumps({"torch": torch.__version__.split("+")[0], "start": START, "trajectories": trajectories}))
