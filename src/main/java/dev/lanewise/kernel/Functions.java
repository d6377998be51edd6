// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import static dev.lanewise.kernel.FunctionConstants.DENORMAL_EXPONENT;
import static dev.lanewise.kernel.FunctionConstants.DENORMAL_FACTOR_BITS;
import static dev.lanewise.kernel.FunctionConstants.E2;
import static dev.lanewise.kernel.FunctionConstants.E3;
import static dev.lanewise.kernel.FunctionConstants.E4;
import static dev.lanewise.kernel.FunctionConstants.E5;
import static dev.lanewise.kernel.FunctionConstants.E6;
import static dev.lanewise.kernel.FunctionConstants.EXP_ROUNDER;
import static dev.lanewise.kernel.FunctionConstants.FINITE_BITS;
import static dev.lanewise.kernel.FunctionConstants.G0;
import static dev.lanewise.kernel.FunctionConstants.G1;
import static dev.lanewise.kernel.FunctionConstants.G2;
import static dev.lanewise.kernel.FunctionConstants.G3;
import static dev.lanewise.kernel.FunctionConstants.G4;
import static dev.lanewise.kernel.FunctionConstants.G5;
import static dev.lanewise.kernel.FunctionConstants.G6;
import static dev.lanewise.kernel.FunctionConstants.G7;
import static dev.lanewise.kernel.FunctionConstants.G8;
import static dev.lanewise.kernel.FunctionConstants.GRID_BITS;
import static dev.lanewise.kernel.FunctionConstants.K;
import static dev.lanewise.kernel.FunctionConstants.L0;
import static dev.lanewise.kernel.FunctionConstants.L1;
import static dev.lanewise.kernel.FunctionConstants.L2;
import static dev.lanewise.kernel.FunctionConstants.L3;
import static dev.lanewise.kernel.FunctionConstants.L4;
import static dev.lanewise.kernel.FunctionConstants.L5;
import static dev.lanewise.kernel.FunctionConstants.L6;
import static dev.lanewise.kernel.FunctionConstants.L7;
import static dev.lanewise.kernel.FunctionConstants.L8;
import static dev.lanewise.kernel.FunctionConstants.L9;
import static dev.lanewise.kernel.FunctionConstants.LIMIT_BITS;
import static dev.lanewise.kernel.FunctionConstants.LOG2_E;
import static dev.lanewise.kernel.FunctionConstants.LOG_CENTRE;
import static dev.lanewise.kernel.FunctionConstants.LOG_FROM_BITS;
import static dev.lanewise.kernel.FunctionConstants.LOG_ROUNDER;
import static dev.lanewise.kernel.FunctionConstants.LOG_ROUNDER_BITS;
import static dev.lanewise.kernel.FunctionConstants.MAGNITUDE_BITS;
import static dev.lanewise.kernel.FunctionConstants.MANTISSA_BITS;
import static dev.lanewise.kernel.FunctionConstants.MANTISSA_WIDTH;
import static dev.lanewise.kernel.FunctionConstants.MINUS_INFINITY_BITS;
import static dev.lanewise.kernel.FunctionConstants.MINUS_LIMIT_BITS;
import static dev.lanewise.kernel.FunctionConstants.MINUS_LN2_HIGH;
import static dev.lanewise.kernel.FunctionConstants.MINUS_LN2_LOW;
import static dev.lanewise.kernel.FunctionConstants.NAN_FROM_MAGNITUDE;
import static dev.lanewise.kernel.FunctionConstants.NAN_FROM_NEGATIVE;
import static dev.lanewise.kernel.FunctionConstants.NORMAL_BITS;
import static dev.lanewise.kernel.FunctionConstants.ONE_BITS;
import static dev.lanewise.kernel.FunctionConstants.SIGMOID_LIMIT_BITS;
import static dev.lanewise.kernel.FunctionConstants.SIGMOID_ONE;
import static dev.lanewise.kernel.FunctionConstants.SIGMOID_ROUNDER;
import static dev.lanewise.kernel.FunctionConstants.SIGN_BIT;
import static dev.lanewise.kernel.FunctionConstants.SIGN_SHIFT;
import static dev.lanewise.kernel.FunctionConstants.SOFTPLUS_ROUNDER;
import static dev.lanewise.kernel.FunctionConstants.SOFTPLUS_SCALE;
import static dev.lanewise.kernel.FunctionConstants.TANH_ROUNDER;

/**
 * The elementary functions of the trainer, in float arithmetic of a fixed order.
 *
 * <p>Every step is an IEEE 754 operation or one on bits, and none of them branches, looks into a
 * table or calls the run-time library, so the results are the same bits everywhere, and the same
 * steps taken in the lanes of a vector give the same bits again. The stated bounds are measured
 * over all 2^32 floats; an error is counted in ulps of the correctly rounded result, where an ulp
 * of a denormal result is 2^-149. These functions are monotone: between any two floats, be they
 * neighbours or far apart, the results do not decrease.
 */
public final class Functions {

  private Functions() {}

  /**
   * The exponential function.
   *
   * <p>The largest error is 1.031 ulp, at -0x1.1bfedcp6 (about -71). {@code exp(-0) == exp(+0) ==
   * 1} exactly, {@code exp(-inf) == 0}, {@code exp(+inf) == +inf}; overflow begins at the float at
   * which the correctly rounded result is infinite, underflow is gradual; NaN gives NaN.
   *
   * @param x the exponent
   * @return e to the power of {@code x}
   */
  public static float exp(float x) {
    int bits = Float.floatToRawIntBits(x);
    int magnitude = bits & MAGNITUDE_BITS;
    int sign = bits & SIGN_BIT;
    float clamped = Float.intBitsToFloat(Math.min(magnitude, LIMIT_BITS) | sign);
    float shifted = Math.fma(clamped, LOG2_E, EXP_ROUNDER);
    float n = shifted - EXP_ROUNDER;
    float r = Math.fma(n, MINUS_LN2_LOW, Math.fma(n, MINUS_LN2_HIGH, clamped));
    float p = 1f + expMinusOne(r);
    // Neither 2^128 nor 2^-150 is a float. With two factors only the last product can overflow or
    // become denormal, and so it is rounded once.
    int exponents = Float.floatToRawIntBits(shifted);
    int half = exponents >> 1;
    float first = Float.intBitsToFloat(half << MANTISSA_WIDTH);
    float second = Float.intBitsToFloat((exponents - half) << MANTISSA_WIDTH);
    float result = p * first * second;
    int nan = NAN_FROM_MAGNITUDE - magnitude;
    return Float.intBitsToFloat(Math.max(Float.floatToRawIntBits(result), nan));
  }

  /**
   * The logistic function {@code 1 / (1 + exp(-x))}, the tutorial's equation (2).
   *
   * <p>The largest error is 1.120 ulp, at -0x1.1ad514p4 (about -17.7); one result in a hundred is
   * not correctly rounded where x is between -104 and 17 and not tiny. {@code sigmoid(-0) ==
   * sigmoid(+0) == 0.5} exactly, {@code sigmoid(-inf) == 0}, {@code sigmoid(+inf) == 1}; every
   * result is within [0, 1]; underflow is gradual, {@code sigmoid(-100)} is denormal; NaN gives
   * NaN.
   *
   * @param x the argument
   * @return the probability whose log-odds are {@code x}
   */
  public static float sigmoid(float x) {
    int bits = Float.floatToRawIntBits(x);
    int magnitude = bits & MAGNITUDE_BITS;
    // Negated in between: a signed minimum can only clamp what is positive.
    int below = Math.min(bits, SIGMOID_LIMIT_BITS) ^ SIGN_BIT;
    float y = Float.intBitsToFloat(Math.min(below, LIMIT_BITS));
    float shifted = Math.fma(y, LOG2_E, SIGMOID_ROUNDER);
    float n = shifted - SIGMOID_ROUNDER;
    float r = Math.fma(n, MINUS_LN2_LOW, Math.fma(n, MINUS_LN2_HIGH, y));
    float w = expMinusOne(r);
    // The denominator is one + scale * (1 + w) = base + part exactly. Powers of two add up without
    // error over 47 binades; what one loses beyond these goes to the other term.
    float scale = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << MANTISSA_WIDTH);
    float base = scale + SIGMOID_ONE;
    float lost = (scale - base) + SIGMOID_ONE;
    float part = Math.fma(w, scale, lost);
    // One Newton step takes back the errors of the denominator's rounding and of the division. The
    // reciprocal is negative to spare the negations.
    float q = -1f / (base + part);
    float e = Math.fma(q, part, Math.fma(q, base, 1f));
    float result = Math.fma(q, e, q) * -SIGMOID_ONE;
    int nan = NAN_FROM_MAGNITUDE - magnitude;
    return Float.intBitsToFloat(Math.max(Float.floatToRawIntBits(result), nan));
  }

  /**
   * The hyperbolic tangent.
   *
   * <p>The largest error is 2.5 ulp. {@code tanh(-x) == -tanh(x)}, and so {@code tanh(-0) == -0};
   * {@code tanh(x) == 1} for every {@code x} from 9.1 up; NaN gives NaN.
   *
   * @param x the argument
   * @return from -1 to 1
   */
  public static float tanh(float x) {
    int bits = Float.floatToRawIntBits(x);
    int magnitude = bits & MAGNITUDE_BITS;
    // t = exp(-2 |x|) - 1, and tanh |x| = -t / (t + 2).
    float y = Float.intBitsToFloat(Math.min(magnitude, SIGMOID_LIMIT_BITS)) * -2f;
    float shifted = Math.fma(y, LOG2_E, TANH_ROUNDER);
    float n = shifted - TANH_ROUNDER;
    float r = Math.fma(n, MINUS_LN2_LOW, Math.fma(n, MINUS_LN2_HIGH, y));
    float scale = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << MANTISSA_WIDTH);
    float t = Math.fma(scale, expMinusOne(r), scale - 1f);
    int result = Float.floatToRawIntBits(t / (t + 2f)) & MAGNITUDE_BITS;
    int nan = NAN_FROM_MAGNITUDE - magnitude;
    return Float.intBitsToFloat(Math.max(result, nan) | bits & SIGN_BIT);
  }

  /**
   * Computes softplus, {@code log(1 + exp(x))}, from which the tutorial's cost, equation (3), is
   * computed.
   *
   * <p>The largest error is 1.729 ulp, at -0x1.76f36p2 (about -5.9), and 1.526 ulp for positive
   * arguments. {@code softplus(-inf) == 0}, {@code softplus(+inf) == +inf}; {@code softplus(x) ==
   * x} for every {@code x} from 17 up; underflow is gradual, {@code softplus(-100)} is denormal;
   * NaN gives NaN.
   *
   * @param x the argument
   * @return the integral of {@link #sigmoid} from minus infinity to {@code x}
   */
  public static float softplus(float x) {
    int bits = Float.floatToRawIntBits(x);
    // Below 1/2, x is rounded to the grid on which the logarithm below comes out. On a finer one x
    // would grow by less than the logarithm's error, and the sum of both would not be monotone.
    int negative = bits >> SIGN_SHIFT;
    float grid = Float.intBitsToFloat((negative & GRID_BITS) ^ GRID_BITS);
    int rounded = Float.floatToRawIntBits((x - grid) + grid);
    float positive = Float.intBitsToFloat(Math.max(rounded, 0));
    int minus = rounded | SIGN_BIT;
    float y = Float.intBitsToFloat(Math.min(minus, MINUS_LIMIT_BITS));
    float shifted = Math.fma(y, LOG2_E, SOFTPLUS_ROUNDER);
    float n = shifted - SOFTPLUS_ROUNDER;
    float r = Math.fma(n, MINUS_LN2_LOW, Math.fma(n, MINUS_LN2_HIGH, y));
    // Fused, so that next to zero the sums do not fall on ties all the time, at which rounding to
    // even would move t by nothing and by two units in turns.
    float p = Math.fma(expMinusOne(r), K, K);
    float scale = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << MANTISSA_WIDTH);
    float large = p * scale;
    float t = large * SOFTPLUS_SCALE;
    float half = large * 0.5f;
    // log(1 + t/K) is a function of the float t alone: a correction for t's own error would make
    // it more accurate, but not monotone.
    float u = t - LOG_CENTRE;
    float square = u * u;
    float odd = Math.fma(square, L9, L7);
    float even = Math.fma(square, L8, L6);
    odd = Math.fma(odd, square, L5);
    even = Math.fma(even, square, L4);
    odd = Math.fma(odd, square, L3);
    even = Math.fma(even, square, L2);
    odd = Math.fma(odd, square, L1);
    float g = Math.fma(Math.fma(even, u, odd), u, L0);
    // Scaled down in the sum, and not before, a denormal result is rounded once.
    float log = Math.fma(large, g, half);
    float result = Math.fma(log, SOFTPLUS_SCALE, positive);
    int nan = NAN_FROM_NEGATIVE - minus;
    return Float.intBitsToFloat(Math.max(Float.floatToRawIntBits(result), nan));
  }

  /**
   * The natural logarithm.
   *
   * <p>The largest error is 0.894 ulp, at 0x1.676958p-1 (about 0.702). {@code log(1) == +0}, {@code
   * log(-0) == log(+0) == -inf}, {@code log(+inf) == +inf}; denormal arguments are taken in full; a
   * negative one gives NaN, as does NaN.
   *
   * @param x the argument
   * @return the exponent to which e is {@code x}
   */
  public static float log(float x) {
    return log(x, 0f);
  }

  /** The logarithm of x (1 + more), of a small correction. */
  private static float log(float x, float more) {
    int bits = Float.floatToRawIntBits(x);
    // All ones for a denormal number, which is made normal. And for others of no account.
    int denormal = (bits - NORMAL_BITS) >> SIGN_SHIFT;
    float factor = Float.intBitsToFloat((denormal & DENORMAL_FACTOR_BITS) ^ ONE_BITS);
    int normal = Float.floatToRawIntBits(x * factor);
    // x = 2^n (1 + r), 1 + r from sqrt(1/2) to sqrt(2).
    int above = normal - LOG_FROM_BITS;
    int exponent = (above >> MANTISSA_WIDTH) - (denormal & DENORMAL_EXPONENT);
    float n = Float.intBitsToFloat(exponent + LOG_ROUNDER_BITS) - LOG_ROUNDER;
    float r = Float.intBitsToFloat((above & MANTISSA_BITS) + LOG_FROM_BITS) - 1f;
    float square = r * r;
    float even = Math.fma(square, G8, G6);
    float odd = Math.fma(square, G7, G5);
    even = Math.fma(even, square, G4);
    odd = Math.fma(odd, square, G3);
    even = Math.fma(even, square, G2);
    odd = Math.fma(odd, square, G1);
    even = Math.fma(even, square, G0);
    float g = Math.fma(odd, r, even);
    float curved = square * Math.fma(g, r, -0.5f);
    float low = Math.fma(n, -MINUS_LN2_LOW, curved) + more;
    int result = Float.floatToRawIntBits(Math.fma(n, -MINUS_LN2_HIGH, r + low));
    // What has no logarithm that is a number: infinity and NaN are their own, zero has minus
    // infinity, and a negative number all ones, which is NaN.
    int magnitude = bits & MAGNITUDE_BITS;
    int zero = (magnitude - 1) >> SIGN_SHIFT;
    int negative = (bits & (bits - 1)) >> SIGN_SHIFT;
    int special = bits | (zero & MINUS_INFINITY_BITS) | negative;
    int extraordinary = ((bits - 1) | (FINITE_BITS - bits)) >> SIGN_SHIFT;
    return Float.intBitsToFloat(((result ^ special) & extraordinary) ^ result);
  }

  /**
   * The logarithm of 1 and something: {@link #log} of their sum, in which what the sum has lost to
   * rounding is made up for before the last roundings.
   *
   * <p>The largest error is 0.940 ulp, at 0x1.226cc4p-2 (about 0.284): it is as exact near 0 as
   * elsewhere, and below 2^-24 it is {@code x} itself. {@code log1p(+0) == +0}, {@code log1p(+inf)
   * == +inf}, and NaN gives NaN.
   *
   * @param x at least 0
   * @return the logarithm of 1 + {@code x}
   */
  public static float log1p(float x) {
    // Infinity would lose a NaN.
    float finite = Float.intBitsToFloat(Math.min(Float.floatToRawIntBits(x), FINITE_BITS));
    float u = 1f + finite;
    float lost = finite - (u - 1f);
    return log(1f + x, lost / u);
  }

  /**
   * What is left of a number that goes towards zero: |x| - t with the sign of x, and +0 where that
   * is not above zero. One rounding; NaN gives NaN.
   *
   * @param x the number
   * @param t by how much, finite, at least 0
   * @return what is left
   */
  static float softThreshold(float x, float t) {
    int bits = Float.floatToRawIntBits(x);
    float left = Float.intBitsToFloat(bits & MAGNITUDE_BITS) - t;
    // What is below zero has its sign bit set, and so is a negative integer.
    int positive = Math.max(Float.floatToRawIntBits(left), 0);
    // The sum makes +0 of -0.
    return Float.intBitsToFloat(positive | bits & SIGN_BIT) + 0f;
  }

  /**
   * exp(r) - 1 for |r| up to ln(2)/2. Its last step adds a little to r, so that it is as fine as r
   * itself and monotone; Horner's rule down to exp(r) in one go is neither for a negative r.
   */
  private static float expMinusOne(float r) {
    float square = r * r;
    float high = Math.fma(square, E6, Math.fma(r, E5, E4));
    float q = Math.fma(high, square, Math.fma(r, E3, E2));
    return Math.fma(q, square, r);
  }
}
