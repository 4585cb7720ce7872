#!/usr/bin/env python3
"""The peers of the benchmark allocation, by SciPy alone.

Reads lines "METHOD FILE" and answers "SECONDS OBJECTIVE" for the problem in the
JSON file: maximise p @ log(x @ r) over lower <= x <= upper, sum(x) <= 1, where
METHOD is

    slsqp       minimize(method="SLSQP") with the exact gradient
    trust       minimize(method="trust-constr") with exact gradient and Hessian
    milp        with fixed costs: sum(x + fixed * y) <= 1, x <= upper * y, y in
                {0, 1}, by outer approximation (Duran and Grossmann 1986): tangent
                planes of the logarithms, HiGHS through scipy.optimize.milp, new
                planes where it ended, until both bounds are 1e-7 apart

Only the solving is timed.
"""
import json
import sys
import time

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp, minimize


def load(path):
    with open(path, encoding="utf-8") as file:
        problem = json.load(file)
    return {name: np.array(values) for name, values in problem.items()}


def start(q):
    """Inside all bounds: every channel the same part of its width."""
    width = q["upper"] - q["lower"]
    part = (1 - q["lower"].sum()) / width.sum()
    return q["lower"] + min(1, part) * width


def value(q, x):
    return float(q["p"] @ np.log(x @ q["r"]))


def slsqp(q):
    found = minimize(
        lambda x: -value(q, x),
        start(q),
        jac=lambda x: -(q["r"] @ (q["p"] / (x @ q["r"]))),
        method="SLSQP",
        bounds=list(zip(q["lower"], q["upper"])),
        constraints=[{"type": "ineq", "fun": lambda x: 1 - x.sum(), "jac": lambda x: -np.ones_like(x)}],
        options={"ftol": 1e-12, "maxiter": 2000},
    )
    return -found.fun


def trust(q):
    def hessian(x):
        scaled = q["r"] * (np.sqrt(q["p"]) / (x @ q["r"]))
        return scaled @ scaled.T

    found = minimize(
        lambda x: -value(q, x),
        start(q),
        jac=lambda x: -(q["r"] @ (q["p"] / (x @ q["r"]))),
        hess=hessian,
        method="trust-constr",
        bounds=Bounds(q["lower"], q["upper"]),
        constraints=[LinearConstraint(np.ones((1, len(q["lower"]))), -np.inf, 1)],
        options={"gtol": 1e-9, "xtol": 1e-12, "barrier_tol": 1e-10, "maxiter": 5000},
    )
    return -found.fun


def exact(q):
    r, p = q["r"], q["p"]
    n, m = r.shape
    # Variables: x (n), y (n), t (m) with t <= log z.
    cost = np.concatenate([np.zeros(2 * n), -p])
    budget = np.concatenate([np.ones(n), q["fixed"], np.zeros(m)])
    link = sparse.hstack(
        [sparse.identity(n), -sparse.diags(np.minimum(q["upper"], 1 - q["fixed"])), sparse.csr_matrix((n, m))]
    )
    rows, limits = [], []

    def tangents(z):
        rows.append(sparse.hstack([-(r / z).T, sparse.csr_matrix((m, n)), sparse.identity(m)]))
        limits.append(np.log(z) - 1)

    best, bound = -np.inf, np.inf
    for factor in np.geomspace(0.2, 3, 7):
        tangents(factor * r.mean(axis=0))
    lower = np.concatenate([np.zeros(2 * n), np.full(m, -50.0)])
    upper = np.concatenate([np.ones(2 * n), np.full(m, 50.0)])
    while bound - best > 1e-7:
        found = milp(
            cost,
            integrality=np.concatenate([np.zeros(n), np.ones(n), np.zeros(m)]),
            bounds=Bounds(lower, upper),
            constraints=[
                LinearConstraint(sparse.csr_matrix(budget), -np.inf, 1),
                LinearConstraint(link, -np.inf, 0),
                LinearConstraint(sparse.vstack(rows), -np.inf, np.concatenate(limits)),
            ],
            options={"mip_rel_gap": 1e-9},
        )
        bound = min(bound, -found.mip_dual_bound)
        chosen = found.x[n : 2 * n] > 0.5
        inner = {
            "p": p,
            "r": r[chosen],
            "lower": np.zeros(chosen.sum()),
            "upper": q["upper"][chosen] / (1 - q["fixed"][chosen].sum()),
        }
        room = 1 - q["fixed"][chosen].sum()
        inner["upper"] = np.minimum(inner["upper"], 1)
        result = minimize(
            lambda x: -value(inner, x),
            start(inner),
            jac=lambda x: -(inner["r"] @ (p / (x @ inner["r"]))),
            method="SLSQP",
            bounds=list(zip(inner["lower"], inner["upper"])),
            constraints=[{"type": "ineq", "fun": lambda x: 1 - x.sum(), "jac": lambda x: -np.ones_like(x)}],
            options={"ftol": 1e-13, "maxiter": 1000},
        )
        best = max(best, -result.fun + np.log(room))
        tangents(room * (result.x @ inner["r"]))
        tangents(np.maximum(found.x[:n] @ r, 1e-12))
        print(f"bound {bound:.9f} best {best:.9f} cuts {len(rows)}", file=sys.stderr)
    return best


METHODS = {"slsqp": slsqp, "trust": trust, "milp": exact}

for line in sys.stdin:
    method, path = line.strip().split(" ", 1)
    problem = load(path)
    begin = time.perf_counter()
    objective = METHODS[method](problem)
    print(time.perf_counter() - begin, repr(float(objective)), flush=True)
