"""Makes metrics.json and binary.json: what scikit-learn says of some scores. Run: python3 make.py"""

import json
import os

import numpy as np
from sklearn.calibration import calibration_curve
from sklearn.metrics import average_precision_score, brier_score_loss, confusion_matrix, f1_score
from sklearn.metrics import log_loss, matthews_corrcoef, precision_score, recall_score
from sklearn.metrics import precision_recall_curve, roc_auc_score, roc_curve


def case(name, probabilities, labels):
    p = np.asarray(probabilities, dtype=np.float32)
    y = np.asarray(labels, dtype=int)
    fpr, tpr, _ = roc_curve(y, p, drop_intermediate=False)
    precision, recall, _ = precision_recall_curve(y, p)
    share, mean = calibration_curve(y, p.astype(np.float64), n_bins=10)
    bins = np.searchsorted(np.linspace(0, 1, 11)[1:-1], p.astype(np.float64))
    counts = np.bincount(bins, minlength=10)
    counts = counts[counts > 0]
    return {
        "name": name,
        "probabilities": [float(v) for v in p],
        "labels": y.tolist(),
        "roc": [fpr.tolist(), tpr.tolist()],
        "area": float(roc_auc_score(y, p)),
        "precisionRecall": [recall[::-1].tolist(), precision[::-1].tolist()],
        "averagePrecision": float(average_precision_score(y, p)),
        "reliability": [mean.tolist(), share.tolist(), counts.tolist()],
        "brierScore": float(brier_score_loss(y, p.astype(np.float64))),
        "calibrationError": float(np.sum(np.abs(mean - share) * counts) / len(y)),
    }


def binary(name, scores, labels, threshold=0.5):
    z = np.asarray(scores, dtype=np.float32)
    y = np.asarray(labels, dtype=int)
    p = 1 / (1 + np.exp(-z.astype(np.float64)))
    predicted = (p > threshold).astype(int)
    return {
        "name": name,
        "scores": [float(v) for v in z],
        "labels": y.tolist(),
        "predicted": predicted.tolist(),
        "rocArea": float(roc_auc_score(y, z)),
        "averagePrecision": float(average_precision_score(y, z)),
        "brierScore": float(brier_score_loss(y, p)),
        "logLoss": float(log_loss(y, p)),
        "precision": float(precision_score(y, predicted, zero_division=0)),
        "recall": float(recall_score(y, predicted, zero_division=0)),
        "f1": float(f1_score(y, predicted, zero_division=0)),
        "matthews": float(matthews_corrcoef(y, predicted)),
        "confusion": confusion_matrix(y, predicted, labels=[0, 1]).tolist(),
    }


def binaries(rng):
    labels = rng.integers(0, 2, 300)
    scores = 2.0 * labels - 1 + rng.normal(0, 2, 300)
    return [
        binary("noise", scores, labels),
        binary("noise above 0.8", scores, labels, 0.8),
        binary("noise above 0.05", scores, labels, 0.05),
        binary("ties", np.round(scores), labels),
        binary("few of class 1", scores - 6, (labels == 1) & (scores > 3)),
        binary("nothing predicted", scores - 20, labels),
        binary("all predicted", np.abs(scores) + 1, labels),
        binary("far apart", 30.0 * labels - 15, labels),
    ]


def main():
    rng = np.random.default_rng(7)
    drawn = rng.integers(0, 2, 40)
    noisy = 1 / (1 + np.exp(-(2.0 * drawn - 1 + rng.normal(0, 1.5, 40))))
    cases = [
        case("the example of scikit-learn's manual", [0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]),
        case("all the same", [0.5] * 6, [1, 0, 1, 0, 0, 1]),
        case("ties across classes", [0.9, 0.9, 0.7, 0.7, 0.7, 0.2, 0.2, 0.1], [1, 0, 1, 1, 0, 0, 1, 0]),
        case("told apart", [0.95, 0.9, 0.8, 0.2, 0.1], [1, 1, 1, 0, 0]),
        case("turned round", [0.1, 0.2, 0.8, 0.9], [1, 1, 0, 0]),
        case("one of a class", [0.3, 0.6, 0.3, 0.2, 0.9, 0.6], [0, 1, 0, 0, 0, 0]),
        case("at the ends and the edges", [0, 1, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 0], [0, 1, 1, 0, 1, 0, 1, 0, 0]),
        case("noise", noisy, drawn),
        case("noise, rounded", np.round(noisy, 1), drawn),
    ]
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "metrics.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(cases, file, indent=1)
        file.write("\n")
    with open(os.path.join(os.path.dirname(path), "binary.json"), "w", encoding="utf-8") as file:
        json.dump(binaries(np.random.default_rng(11)), file)
        file.write("\n")


if __name__ == "__main__":
    main()
