# SPDX-License-Identifier: Apache-2.0
"""Writes tables with weights, and what statsmodels says of logistic regressions on them.

    /usr/bin/python3 src/test/python/golden_summaries.py src/test/resources

Four tables are those of golden_tables.py with a drawn column of weights, two are drawn here; one of
these has three classes. The weights are whole numbers, so a weighted fit is one on repeated rows.
SummaryTest compares Lanewise with expected.json.
"""

import json
import os
import re
import sys

import numpy as np
import pandas as pd
import patsy
import statsmodels
import statsmodels.api as sm
from scipy.stats import chi2

MISSING = "(missing)"


def offsets(random):
    m = 400
    year = random.integers(1950, 2024, m)
    income = np.round(random.normal(52000, 9000, m), 2)
    dose = np.round(np.abs(random.normal(3e-6, 1e-6, m)), 9)
    region = random.choice(["north", "south", "west"], m)
    z = 0.02 * (year - 1987) + 0.00006 * (income - 52000) + 4e5 * (dose - 3e-6) + 0.5 * (region == "west")
    y = (random.random(m) < 1 / (1 + np.exp(-z))).astype(int)
    return pd.DataFrame({"year": year, "income": income, "dose": dose, "region": region, "bought": y})


def species(random):
    m = 450
    kind = random.choice(["alba", "nigra", "rubra"], m)
    shift = np.select([kind == "alba", kind == "nigra"], [0.0, 0.6], 1.3)
    return pd.DataFrame(
        {
            "length": np.round(random.normal(5.8 + shift, 0.9, m), 1),
            "width": np.round(random.normal(3.1 - 0.4 * shift, 0.6, m), 1),
            "site": random.choice(["bog", "heath"], m),
            "species": kind,
        }
    )


CASES = [
    # name, drawn by or file, separator, label, columns left out, least rows of a level, missing cells
    ("titanic", "titanic.csv", ",", "Survived", ["PassengerId", "Name", "Ticket", "Cabin"], 1, "drop"),
    ("adult", "adult.csv", ",", "income", ["education-num", "occupation"], 30, "impute"),
    ("bank", "bank.csv", ";", "y", [], 20, "impute"),
    ("credit", "credit.csv", ",", "class", [], 1, "impute"),
    ("offsets", offsets, ",", "bought", [], 1, "impute"),
    ("species", species, ",", "species", [], 1, "impute"),
]


FORMULAS = [
    # file, label, formula of Lanewise, right side for patsy
    (
        "credit",
        "class",
        "class ~ duration * housing + credit_amount + I(credit_amount^2) + own_telephone",
        "duration * housing + credit_amount + I(credit_amount ** 2) + own_telephone",
    ),
    (
        "offsets",
        "bought",
        "bought ~ region + dose + year + dose:year + region:dose + I(dose^3)",
        "region + dose + year + dose:year + region:dose + I(dose ** 3)",
    ),
    (
        "bank",
        "y",
        "y ~ C(day) + housing * loan * duration",
        "C(day) + housing * loan * duration",
    ),
    (
        "offsets",
        "bought",
        "bought ~ dose + region + year + I(dose^2) - 1",
        "dose + region + year + I(dose ** 2) - 1",
    ),
    (
        "credit",
        "class",
        "class ~ 0 + housing + credit_amount * own_telephone + purpose",
        "0 + housing + credit_amount * own_telephone + purpose",
    ),
]


def formula_names(names):
    """From patsy's names to those of Lanewise."""
    found = []
    for name in names:
        name = re.sub(r"C\((\w+)\)", r"\1", name).replace("Intercept", "(intercept)")
        name = re.sub(r"(\w+)\[(?:T\.)?([^\]]*)\]", r"\1=\2", name)
        found.append(re.sub(r"I\((\w+) \*\* (\d)\)", r"\1^\2", name))
    return found


def formulas(target):
    found = []
    for file, label, ours, theirs in FORMULAS:
        table = pd.read_csv(os.path.join(target, file + ".csv"), na_values=["?"])
        table = table.drop(columns=[c for c in table if table[c].isna().any()])
        design = patsy.dmatrix(theirs, table)
        names = formula_names(design.design_info.column_names)
        classes = sorted(table[label].astype(str).unique())
        y = table[label].astype(str).map({c: i for i, c in enumerate(classes)}).to_numpy()
        x = np.asarray(design)
        found.append(
            {
                "file": file + ".csv",
                "label": label,
                "formula": ours,
                "plain": summary(
                    x, y, classes[1:], names, np.ones(len(y), int), "(intercept)" in names
                ),
            }
        )
    return found


def encode(table, minimum, intercept=True):
    """Numbers with median and indicator; levels in the order of their characters without the first.

    Without an intercept the first categorical column has all its levels.
    """
    columns = {}
    whole = not intercept
    for name in table:
        column = table[name]
        if pd.api.types.is_numeric_dtype(column):
            columns[name] = column.fillna(column.median()).astype(float)
            if column.isna().any():
                columns[f"{name}={MISSING}"] = column.isna().astype(float)
            continue
        counts = column.value_counts()
        levels = sorted(counts.index[counts >= minimum])
        rare = counts.index[counts < minimum]
        for level in levels if whole else levels[1:]:
            columns[f"{name}={level}"] = (column == level).astype(float)
        whole = False
        if len(rare):
            columns[f"{name}=(rare)"] = column.isin(rare).astype(float)
        if column.isna().any():
            columns[f"{name}={MISSING}"] = column.isna().astype(float)
    return pd.DataFrame(columns)


def newton(x, y, classes, intercept):
    """The optimum to the last digits: contrasts to class 0, on features of mean 0 and deviation 1."""
    mean, deviation = x.mean(axis=0), x.std(axis=0)
    if intercept:
        mean[0], deviation[0] = 0, 1
    else:
        mean, deviation = 0 * mean, np.sqrt((x * x).mean(axis=0))
    x = (x - mean) / deviation
    beta = np.zeros((x.shape[1], classes - 1))
    for _ in range(30):
        z = np.column_stack([np.zeros(len(y))] + [x @ b for b in beta.T])
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        k, d = classes - 1, x.shape[1]
        gradient = np.concatenate([x.T @ ((y == c + 1) - p[:, c + 1]) for c in range(k)])
        hessian = np.block(
            [[(x.T * (p[:, a + 1] * ((a == b) - p[:, b + 1]))) @ x for b in range(k)] for a in range(k)]
        )
        step = np.linalg.solve(hessian, gradient)
        beta = beta + step.reshape(k, d).T
    beta = beta / deviation[:, None]
    if intercept:
        beta[0] -= mean @ beta
    return beta


def condition(x, model, beta, classes, intercept):
    """In the 1-norm, features from their means and in units that make the diagonal 1."""
    if intercept:
        x = np.column_stack([x[:, 0], x[:, 1:] - x[:, 1:].mean(axis=0)])
    z = np.column_stack([np.zeros(len(x))] + [model.exog @ b for b in beta.T])
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    k = classes - 1
    hessian = np.block(
        [[(x.T * (p[:, a + 1] * ((a == b) - p[:, b + 1]))) @ x for b in range(k)] for a in range(k)]
    )
    root = np.sqrt(np.diag(hessian))
    return float(np.linalg.cond(hessian / np.outer(root, root), 1))


def rows(fit, names, outcomes):
    found = []
    estimates = np.asarray(fit.params).reshape(len(names), -1)
    errors = np.asarray(fit.bse).reshape(len(names), -1)
    z = np.asarray(fit.tvalues).reshape(len(names), -1)
    p = np.asarray(fit.pvalues).reshape(len(names), -1)
    interval = np.asarray(fit.conf_int()).reshape(-1, len(names), 2)
    for k, outcome in enumerate(outcomes):
        for i, name in enumerate(names):
            found.append(
                {
                    "class": outcome,
                    "name": name,
                    "coefficient": estimates[i, k],
                    "standardError": errors[i, k],
                    "z": z[i, k],
                    "p": p[i, k],
                    "lower": interval[k, i, 0],
                    "upper": interval[k, i, 1],
                }
            )
    return found


def summary(x, y, outcomes, names, weights, intercept=True):
    repeated = np.repeat(np.arange(len(y)), weights)
    xr, yr = x[repeated], y[repeated]
    model = (sm.Logit if len(outcomes) == 1 else sm.MNLogit)(yr, xr)
    best = newton(xr, yr, len(outcomes) + 1, intercept)
    fit = model.fit(start_params=best.ravel("F"), maxiter=3, disp=0)
    found = {
        "coefficients": rows(fit, names, outcomes),
        "logLikelihood": fit.llf,
        "nullLogLikelihood": fit.llnull,
        "aic": fit.aic,
        "bic": fit.bic,
        "mcFaddenR2": fit.prsquared,
        "likelihoodRatio": fit.llr,
        "likelihoodRatioP": fit.llr_pvalue,
        "degreesOfFreedom": int(fit.df_model),
        "observations": int(fit.nobs),
        "conditionNumber": condition(xr, model, best, len(outcomes) + 1, intercept),
    }
    if not intercept:
        # The null model of statsmodels has an intercept; nested in this one is, as in R, the one
        # without it, in which all classes have the same probability.
        null = -len(yr) * np.log(len(outcomes) + 1)
        found["nullLogLikelihood"] = null
        found["mcFaddenR2"] = 1 - fit.llf / null
        found["likelihoodRatio"] = 2 * (fit.llf - null)
        found["degreesOfFreedom"] = len(names) * len(outcomes)
        found["likelihoodRatioP"] = float(chi2.sf(found["likelihoodRatio"], found["degreesOfFreedom"]))
    if len(outcomes) == 1:
        binomial = sm.GLM(y, x, family=sm.families.Binomial(), var_weights=weights.astype(float))
        robust = binomial.fit(start_params=best.ravel(), maxiter=3, tol=0, cov_type="HC0")
        found["hc0"] = [float(e) for e in robust.bse]
        # statsmodels 0.13 ignores the factor n / (n - k) of HC1 here; R's sandwich has it.
        rows_to_degrees = len(y) / (len(y) - x.shape[1])
        found["hc1"] = [float(e * np.sqrt(rows_to_degrees)) for e in robust.bse]
    return found


def main(folder):
    target = os.path.join(folder, "summaries")
    os.makedirs(target, exist_ok=True)
    found = []
    for seed, (name, source, separator, label, left, minimum, missing) in enumerate(CASES):
        random = np.random.default_rng(100 + seed)
        if callable(source):
            table = source(random)
        else:
            text = dict(keep_default_na=False, dtype=str)
            table = pd.read_csv(os.path.join(folder, "tables", source), sep=separator, **text)
        table["weight"] = random.integers(1, 4, len(table))
        file = name + ".csv"
        table.to_csv(os.path.join(target, file), index=False, lineterminator="\n")
        table = pd.read_csv(os.path.join(target, file), na_values=["?"])
        features = table.drop(columns=[label, "weight"] + left)
        if missing == "drop":
            table = table[~features.isna().any(axis=1)]
            features = features[~features.isna().any(axis=1)]
        bare = encode(features, minimum, intercept=False)
        x = encode(features, minimum)
        names = ["(intercept)"] + list(x)
        x = np.column_stack([np.ones(len(x)), x.to_numpy()])
        classes = sorted(table[label].astype(str).unique())
        y = table[label].astype(str).map({c: i for i, c in enumerate(classes)}).to_numpy()
        found.append(
            {
                "name": name,
                "file": file,
                "label": label,
                "minCount": minimum,
                "missing": missing,
                "base": classes[0],
                "plain": summary(x, y, classes[1:], names, np.ones(len(y), int)),
                "weighted": summary(x, y, classes[1:], names, table["weight"].to_numpy()),
                "plainWithoutIntercept": summary(
                    bare.to_numpy(), y, classes[1:], list(bare), np.ones(len(y), int), False
                ),
                "weightedWithoutIntercept": summary(
                    bare.to_numpy(), y, classes[1:], list(bare), table["weight"].to_numpy(), False
                ),
            }
        )
    with open(os.path.join(target, "expected.json"), "w") as out:
        versions = f"statsmodels {statsmodels.__version__}, patsy {patsy.__version__}, NumPy {np.__version__}"
        json.dump({"madeBy": versions, "tables": found, "formulas": formulas(target)}, out, indent=1)
        out.write("\n")


main(sys.argv[1])
