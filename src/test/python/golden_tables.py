# SPDX-License-Identifier: Apache-2.0
"""Draws tables in the layouts of well-known ones, and writes what scikit-learn makes of them.

    python3 src/test/python/golden_tables.py src/test/resources/tables

The values are drawn from a seed; no row is one of the tables whose layout it has. The pipeline is:
median with an indicator for numbers, one-hot for categories with missing cells as a level, every
feature standardised, LogisticRegression with C = 1. PeerTablesTest compares Lanewise with it.
"""

import csv
import json
import os
import sys

import numpy as np
import pandas as pd
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, log_loss
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

ROWS = 600
FOLDS = 5
MISSING = "(missing)"


def label(random, z, names):
    return [names[int(random.random() < 1 / (1 + np.exp(-v)))] for v in z]


def holes(random, values, share, text=""):
    return [text if random.random() < share else v for v in values]


def titanic(random):
    m = ROWS
    sex = random.choice(["male", "female"], m, p=[0.65, 0.35])
    pclass = random.choice([1, 2, 3], m, p=[0.24, 0.21, 0.55])
    age = np.round(np.abs(random.normal(29, 14, m)) + 0.42, 2)
    fare = np.round(random.exponential(32.2, m), 4)
    embarked = random.choice(["S", "C", "Q"], m, p=[0.72, 0.19, 0.09])
    z = 2.5 * (sex == "female") - 1.1 * (pclass - 2) - 0.03 * age + 0.3 * (embarked == "C") - 0.2
    return {
        "PassengerId": range(1, m + 1),
        "Survived": label(random, z, ["0", "1"]),
        "Pclass": pclass,
        "Name": [f"Doe, Mr. John {i} \"Jack\"" for i in range(m)],
        "Sex": sex,
        "Age": holes(random, age, 0.2),
        "SibSp": random.choice([0, 1, 2, 3], m, p=[0.68, 0.23, 0.06, 0.03]),
        "Parch": random.choice([0, 1, 2], m, p=[0.76, 0.13, 0.11]),
        "Ticket": [
            f"A/5 {random.integers(1000, 99999)}" if random.random() < 0.25
            else str(random.integers(10000, 400000))
            for _ in range(m)
        ],
        "Fare": fare,
        "Cabin": holes(random, [f"C{random.integers(1, 150)}" for _ in range(m)], 0.77),
        "Embarked": holes(random, embarked, 0.01),
    }


def adult(random):
    m = ROWS
    age = random.integers(17, 90, m)
    education = random.choice(["HS-grad", "Some-college", "Bachelors", "Masters", "11th"], m)
    number = [{"11th": 7, "HS-grad": 9, "Some-college": 10, "Bachelors": 13, "Masters": 14}[e] for e in education]
    marital = random.choice(["Married-civ-spouse", "Never-married", "Divorced", "Widowed"], m)
    hours = random.integers(10, 80, m)
    sex = random.choice(["Male", "Female"], m)
    gain = [0 if random.random() < 0.9 else int(random.integers(100, 99999)) for _ in range(m)]
    z = 0.03 * (age - 40) + 0.3 * (np.array(number) - 10) + 1.5 * (marital == "Married-civ-spouse") + 0.03 * (hours - 40) - 1
    work = random.choice(["Private", "Self-emp-not-inc", "Local-gov", "State-gov"], m, p=[0.7, 0.15, 0.1, 0.05])
    job = random.choice(["Sales", "Craft-repair", "Exec-managerial", "Adm-clerical", "Tech-support", "Armed-Forces"], m, p=[0.2, 0.25, 0.25, 0.2, 0.09, 0.01])
    country = random.choice(["United-States", "Mexico", "Germany", "Laos", "Cuba"], m, p=[0.9, 0.05, 0.03, 0.01, 0.01])
    return {
        "age": age,
        "workclass": holes(random, work, 0.06, "?"),
        "fnlwgt": random.integers(20000, 700000, m),
        "education": education,
        "education-num": number,
        "marital-status": marital,
        "occupation": holes(random, job, 0.06, "?"),
        "relationship": random.choice(["Husband", "Not-in-family", "Own-child", "Wife"], m),
        "race": random.choice(["White", "Black", "Asian-Pac-Islander", "Other"], m, p=[0.85, 0.1, 0.03, 0.02]),
        "sex": sex,
        "capital-gain": gain,
        "capital-loss": [0 if random.random() < 0.95 else int(random.integers(100, 4000)) for _ in range(m)],
        "hours-per-week": hours,
        "native-country": holes(random, country, 0.02, "?"),
        "income": label(random, z, ["<=50K", ">50K"]),
    }


def bank(random):
    m = ROWS
    duration = random.integers(5, 2000, m)
    poutcome = random.choice(["unknown", "failure", "success", "other"], m, p=[0.8, 0.1, 0.05, 0.05])
    housing = random.choice(["yes", "no"], m)
    z = 0.003 * (duration - 400) + 2.0 * (poutcome == "success") - 0.7 * (housing == "yes") - 1
    return {
        "age": random.integers(18, 95, m),
        "job": random.choice(["admin.", "blue-collar", "technician", "services", "retired", "unknown"], m),
        "marital": random.choice(["married", "single", "divorced"], m),
        "education": random.choice(["primary", "secondary", "tertiary", "unknown"], m),
        "default": random.choice(["no", "yes"], m, p=[0.98, 0.02]),
        "balance": random.integers(-2000, 20000, m),
        "housing": housing,
        "loan": random.choice(["no", "yes"], m, p=[0.84, 0.16]),
        "contact": random.choice(["cellular", "telephone", "unknown"], m),
        "day": random.integers(1, 31, m),
        "month": random.choice(["jan", "may", "jul", "aug", "nov"], m),
        "duration": duration,
        "campaign": random.integers(1, 10, m),
        "pdays": [-1 if p == "unknown" else int(random.integers(1, 400)) for p in poutcome],
        "previous": random.integers(0, 5, m),
        "poutcome": poutcome,
        "y": label(random, z, ["no", "yes"]),
    }


def credit(random):
    m = ROWS
    status = random.choice(["<0", "0<=X<200", ">=200", "no checking"], m, p=[0.27, 0.27, 0.06, 0.4])
    duration = random.integers(4, 72, m)
    amount = random.integers(250, 18000, m)
    history = random.choice(["existing paid", "critical/other existing credit", "delayed previously", "all paid"], m, p=[0.53, 0.3, 0.1, 0.07])
    z = 1.2 * (status == "no checking") - 0.03 * (duration - 20) - 0.00005 * amount + 0.6 * (history == "critical/other existing credit") + 0.8
    return {
        "checking_status": status,
        "duration": duration,
        "credit_history": history,
        "purpose": random.choice(["radio/tv", "new car", "furniture/equipment", "used car", "business", "education"], m),
        "credit_amount": amount,
        "savings_status": random.choice(["<100", "100<=X<500", "500<=X<1000", ">=1000", "no known savings"], m),
        "employment": random.choice(["unemployed", "<1", "1<=X<4", "4<=X<7", ">=7"], m),
        "installment_commitment": random.integers(1, 5, m),
        "personal_status": random.choice(["male single", "female div/dep/mar", "male mar/wid"], m),
        "age": holes(random, random.integers(19, 75, m), 0.05, "NaN"),
        "housing": random.choice(["own", "rent", "for free"], m),
        "existing_credits": random.integers(1, 5, m),
        "own_telephone": random.choice(["none or no", "yes"], m),
        "foreign_worker": random.choice(["yes", "no"], m, p=[0.96, 0.04]),
        "class": label(random, z, ["bad", "good"]),
    }


TABLES = [
    # name, drawn by, separator, label, no features, least rows of a level
    ("titanic", titanic, ",", "Survived", ["PassengerId", "Name", "Ticket", "Cabin"], 1),
    ("adult", adult, ",", "income", [], 1),
    ("adult-rare", None, ",", "income", [], 8),
    ("bank", bank, ";", "y", [], 1),
    ("credit", credit, ",", "class", [], 1),
]


def features(table, minimum):
    numeric = [c for c in table if pd.api.types.is_numeric_dtype(table[c])]
    texts = [c for c in table if c not in numeric]
    one_hot = OneHotEncoder(handle_unknown="ignore", sparse_output=False, min_frequency=minimum if minimum > 1 else None)
    return ColumnTransformer(
        [
            ("n", SimpleImputer(strategy="median", add_indicator=True), numeric),
            ("c", make_pipeline(SimpleImputer(strategy="constant", fill_value=MISSING), one_hot), texts),
        ],
        verbose_feature_names_out=False,
    ), numeric, texts


def names(transformer, numeric, texts):
    imputer = transformer.named_transformers_["n"]
    found = list(numeric) + [f"{numeric[i]}={MISSING}" for i in imputer.indicator_.features_]
    one_hot = transformer.named_transformers_["c"][1]
    rare = one_hot.infrequent_categories_ if one_hot.min_frequency else [None] * len(texts)
    for column, levels, few in zip(texts, one_hot.categories_, rare):
        few = [] if few is None else list(few)
        found += [f"{column}={level}" for level in levels if level not in few]
        found += [f"{column}=(rare)"] if few else []
    return found


def polish(last, x, y):
    """Newton's method from where scikit-learn stopped."""
    penalty = np.ones(x.shape[1])
    w = last.coef_[0]
    if last.fit_intercept:
        x = np.column_stack([x, np.ones(len(x))])
        penalty = np.append(penalty, 0)
        w = np.append(w, last.intercept_)
    for _ in range(10):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x.T * (p * (1 - p))) @ x + np.diag(penalty)
        w = w - np.linalg.solve(hessian, x.T @ (p - y) + penalty * w)
    last.coef_[0], last.intercept_[0] = (w[:-1], w[-1]) if last.fit_intercept else (w, 0)


def fit(table, y, minimum, intercept=True):
    transformer, numeric, texts = features(table, minimum)
    model = make_pipeline(
        transformer,
        StandardScaler(with_mean=intercept),
        LogisticRegression(C=1, tol=1e-9, max_iter=10000, fit_intercept=intercept),
    )
    model.fit(table, y)
    polish(model[-1], model[:-1].transform(table), (y == model.classes_[1]).to_numpy())
    return model, names(transformer, numeric, texts)


def expected(name, file, separator, target, left, minimum):
    table = pd.read_csv(file, sep=separator, na_values=["?"])
    y = table[target].astype(str)
    x = table.drop(columns=[target] + left)
    model, found = fit(x, y, minimum)
    last = model[-1]
    folds = []
    for k in range(FOLDS):
        out = np.arange(len(y)) % FOLDS == k
        part, _ = fit(x[~out], y[~out], minimum)
        p = part.predict_proba(x[out])
        folds.append(
            {
                "accuracy": accuracy_score(y[out], part.classes_[p.argmax(axis=1)]),
                "logLoss": log_loss(y[out], p, labels=part.classes_),
            }
        )
    bare, _ = fit(x, y, minimum, intercept=False)
    return {
        "name": name,
        "file": os.path.basename(file),
        "label": target,
        "minCount": minimum,
        "classes": list(model.classes_),
        "intercept": float(last.intercept_[0]),
        "coefficients": dict(zip(found, map(float, last.coef_[0]))),
        "probabilities": [float(p) for p in model.predict_proba(x)[:25, 1]],
        "withoutIntercept": {
            "coefficients": dict(zip(found, map(float, bare[-1].coef_[0]))),
            "probabilities": [float(p) for p in bare.predict_proba(x)[:25, 1]],
        },
        "folds": folds,
    }


def main(folder):
    os.makedirs(folder, exist_ok=True)
    found = []
    for seed, (name, draw, separator, target, left, minimum) in enumerate(TABLES):
        file = os.path.join(folder, name.split("-")[0] + ".csv")
        if draw:
            columns = draw(np.random.default_rng(seed))
            with open(file, "w", newline="") as out:
                # bank marketing has its texts in quotes.
                quoting = csv.QUOTE_NONNUMERIC if separator == ";" else csv.QUOTE_MINIMAL
                writer = csv.writer(out, delimiter=separator, lineterminator="\n", quoting=quoting)
                writer.writerow(columns)
                writer.writerows(
                    [v.item() if isinstance(v, np.generic) else v for v in row]
                    for row in zip(*columns.values())
                )
        found.append(expected(name, file, separator, target, left, minimum))
    with open(os.path.join(folder, "expected.json"), "w") as out:
        versions = f"scikit-learn {sklearn.__version__}, pandas {pd.__version__}, NumPy {np.__version__}"
        json.dump({"madeBy": versions, "folds": FOLDS, "tables": found}, out, indent=1)
        out.write("\n")


main(sys.argv[1])
