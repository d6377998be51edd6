// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel.simd;

import static dev.lanewise.kernel.FunctionConstants.DENORMAL_EXPONENT;
import static dev.lanewise.kernel.FunctionConstants.DENORMAL_FACTOR_BITS;
import static dev.lanewise.kernel.FunctionConstants.E2;
import static dev.lanewise.kernel.FunctionConstants.E3;
import static dev.lanewise.kernel.FunctionConstants.E4;
import static dev.lanewise.kernel.FunctionConstants.E5;
import static dev.lanewise.kernel.FunctionConstants.E6;
import static dev.lanewise.kernel.FunctionConstants.EXP_ROUNDER;
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
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The steps of {@link dev.lanewise.kernel.Functions} in the lanes of a vector of any shape, one
 * vector operation for each scalar one and in the same order, so that every lane has the bits of
 * the scalar function. There the steps are explained.
 *
 * <p>Methods of the Vector API are inlined whatever happens; others only as long as the compiled
 * method is not too large, and vectors that cross a call are boxed. So each function is all but one
 * method, and its callers store what it gives without a method of their own in between.
 */
final class VectorFunctions {

  private VectorFunctions() {}

  static FloatVector exp(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector magnitude = bits.and(MAGNITUDE_BITS);
    IntVector sign = bits.and(SIGN_BIT);
    FloatVector clamped = magnitude.min(LIMIT_BITS).or(sign).reinterpretAsFloats();
    FloatVector shifted = clamped.fma(LOG2_E, EXP_ROUNDER);
    FloatVector r = reduce(clamped, shifted.sub(EXP_ROUNDER));
    FloatVector p = expMinusOne(r).add(1f);
    IntVector exponents = shifted.reinterpretAsInts();
    IntVector half = exponents.lanewise(ASHR, 1);
    FloatVector first = half.lanewise(LSHL, MANTISSA_WIDTH).reinterpretAsFloats();
    FloatVector second = exponents.sub(half).lanewise(LSHL, MANTISSA_WIDTH).reinterpretAsFloats();
    FloatVector result = p.mul(first).mul(second);
    IntVector nan = magnitude.broadcast(NAN_FROM_MAGNITUDE).sub(magnitude);
    return result.reinterpretAsInts().max(nan).reinterpretAsFloats();
  }

  static FloatVector sigmoid(FloatVector x) {
    return sigmoid(x.reinterpretAsInts()).reinterpretAsFloats();
  }

  /** Bits to bits. */
  static IntVector sigmoid(IntVector bits) {
    IntVector below = bits.min(SIGMOID_LIMIT_BITS).lanewise(XOR, SIGN_BIT);
    FloatVector y = below.min(LIMIT_BITS).reinterpretAsFloats();
    FloatVector rounder = y.broadcast(SIGMOID_ROUNDER);
    FloatVector shifted = y.fma(y.broadcast(LOG2_E), rounder);
    FloatVector r = reduce(y, shifted.sub(rounder));
    FloatVector w = expMinusOne(r);
    FloatVector scale =
        shifted.reinterpretAsInts().lanewise(LSHL, MANTISSA_WIDTH).reinterpretAsFloats();
    FloatVector one = y.broadcast(SIGMOID_ONE);
    FloatVector base = scale.add(one);
    FloatVector lost = scale.sub(base).add(one);
    FloatVector part = w.fma(scale, lost);
    FloatVector q = y.broadcast(-1f).div(base.add(part));
    FloatVector e = q.fma(part, q.lanewise(FMA, base, 1f));
    FloatVector result = q.fma(e, q).mul(-SIGMOID_ONE);
    IntVector nan = bits.broadcast(NAN_FROM_MAGNITUDE).sub(bits.and(MAGNITUDE_BITS));
    return result.reinterpretAsInts().max(nan);
  }

  static FloatVector tanh(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector magnitude = bits.and(MAGNITUDE_BITS);
    FloatVector y = magnitude.min(SIGMOID_LIMIT_BITS).reinterpretAsFloats().mul(-2f);
    FloatVector shifted = y.fma(LOG2_E, TANH_ROUNDER);
    FloatVector r = reduce(y, shifted.sub(TANH_ROUNDER));
    FloatVector scale =
        shifted.reinterpretAsInts().lanewise(LSHL, MANTISSA_WIDTH).reinterpretAsFloats();
    FloatVector t = scale.fma(expMinusOne(r), scale.sub(1f));
    IntVector result = t.div(t.add(2f)).reinterpretAsInts().and(MAGNITUDE_BITS);
    IntVector nan = magnitude.broadcast(NAN_FROM_MAGNITUDE).sub(magnitude);
    return result.max(nan).or(bits.and(SIGN_BIT)).reinterpretAsFloats();
  }

  static FloatVector softplus(FloatVector x) {
    IntVector rounded = onGrid(x).reinterpretAsInts();
    FloatVector positive = rounded.max(0).reinterpretAsFloats();
    IntVector minus = rounded.or(SIGN_BIT);
    FloatVector y = minus.min(MINUS_LIMIT_BITS).reinterpretAsFloats();
    FloatVector shifted = y.fma(LOG2_E, SOFTPLUS_ROUNDER);
    FloatVector r = reduce(y, shifted.sub(SOFTPLUS_ROUNDER));
    FloatVector p = expMinusOne(r).fma(K, K);
    FloatVector scale =
        shifted.reinterpretAsInts().lanewise(LSHL, MANTISSA_WIDTH).reinterpretAsFloats();
    FloatVector large = p.mul(scale);
    // 2^24 times log(1 + t/K).
    FloatVector t = large.mul(SOFTPLUS_SCALE);
    FloatVector half = large.mul(0.5f);
    FloatVector u = t.sub(LOG_CENTRE);
    FloatVector square = u.mul(u);
    FloatVector odd = square.fma(L9, L7);
    FloatVector even = square.fma(L8, L6);
    odd = odd.lanewise(FMA, square, L5);
    even = even.lanewise(FMA, square, L4);
    odd = odd.lanewise(FMA, square, L3);
    even = even.lanewise(FMA, square, L2);
    odd = odd.lanewise(FMA, square, L1);
    FloatVector g = even.fma(u, odd).lanewise(FMA, u, L0);
    FloatVector log = large.fma(g, half);
    FloatVector result = log.lanewise(FMA, SOFTPLUS_SCALE, positive);
    IntVector nan = minus.broadcast(NAN_FROM_NEGATIVE).sub(minus);
    return result.reinterpretAsInts().max(nan).reinterpretAsFloats();
  }

  /** The logarithm of 1 and something that is finite and at least 0, or NaN. */
  static FloatVector log1p(FloatVector x) {
    FloatVector u = x.add(1f);
    // A NaN is one again in what the sum has lost.
    return logOfNumber(u, x.sub(u.sub(1f)).div(u));
  }

  /** The logarithm of x (1 + more), of what is above zero and finite and a small correction. */
  private static FloatVector logOfNumber(FloatVector x, FloatVector more) {
    IntVector bits = x.reinterpretAsInts();
    IntVector denormal = bits.sub(NORMAL_BITS).lanewise(ASHR, SIGN_SHIFT);
    FloatVector factor =
        denormal.and(DENORMAL_FACTOR_BITS).lanewise(XOR, ONE_BITS).reinterpretAsFloats();
    IntVector above = x.mul(factor).reinterpretAsInts().sub(LOG_FROM_BITS);
    IntVector exponent = above.lanewise(ASHR, MANTISSA_WIDTH).sub(denormal.and(DENORMAL_EXPONENT));
    FloatVector n = exponent.add(LOG_ROUNDER_BITS).reinterpretAsFloats().sub(LOG_ROUNDER);
    FloatVector r = above.and(MANTISSA_BITS).add(LOG_FROM_BITS).reinterpretAsFloats().sub(1f);
    FloatVector low = n.lanewise(FMA, -MINUS_LN2_LOW, curved(r)).add(more);
    return n.lanewise(FMA, -MINUS_LN2_HIGH, r.add(low));
  }

  /** log(1 + r) - r. */
  private static FloatVector curved(FloatVector r) {
    FloatVector square = r.mul(r);
    FloatVector even = square.lanewise(FMA, G8, G6);
    FloatVector odd = square.lanewise(FMA, G7, G5);
    even = even.lanewise(FMA, square, G4);
    odd = odd.lanewise(FMA, square, G3);
    even = even.lanewise(FMA, square, G2);
    odd = odd.lanewise(FMA, square, G1);
    even = even.lanewise(FMA, square, G0);
    FloatVector g = odd.fma(r, even);
    return square.mul(g.lanewise(FMA, r, -0.5f));
  }

  static FloatVector softThreshold(FloatVector x, FloatVector t) {
    IntVector bits = x.reinterpretAsInts();
    FloatVector left = bits.and(MAGNITUDE_BITS).reinterpretAsFloats().sub(t);
    IntVector positive = left.reinterpretAsInts().max(0);
    return positive.or(bits.and(SIGN_BIT)).reinterpretAsFloats().add(0f);
  }

  /**
   * x, rounded to the grid of 2^-24 if it is positive and below 1/2. A method of its own, because
   * the compiler inlines none of more than 325 bytes of code, which softplus would have.
   */
  private static FloatVector onGrid(FloatVector x) {
    IntVector negative = x.reinterpretAsInts().lanewise(ASHR, SIGN_SHIFT);
    FloatVector grid = negative.and(GRID_BITS).lanewise(XOR, GRID_BITS).reinterpretAsFloats();
    return x.sub(grid).add(grid);
  }

  /** What n times ln 2 leaves of y. */
  private static FloatVector reduce(FloatVector y, FloatVector n) {
    return n.lanewise(FMA, MINUS_LN2_LOW, n.lanewise(FMA, MINUS_LN2_HIGH, y));
  }

  private static FloatVector expMinusOne(FloatVector r) {
    FloatVector square = r.mul(r);
    FloatVector high = square.lanewise(FMA, E6, r.fma(E5, E4));
    FloatVector q = high.fma(square, r.fma(E3, E2));
    return q.fma(square, r);
  }
}
