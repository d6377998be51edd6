// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

/**
 * The numbers behind {@link Functions}, in one place so that every implementation of the functions,
 * scalar or SIMD, takes the very same steps with the very same bits.
 *
 * <p>Integer constants are bit patterns. Non-negative floats compare like their patterns read as
 * signed integers, which is what lets an integer minimum clamp a float in one instruction: the
 * float minimum of Java has to look after NaN and the signs of zeros and is several times dearer.
 */
public final class FunctionConstants {

  /** The sign bit of a float. */
  public static final int SIGN_BIT = 0x8000_0000;

  /** Everything but the sign bit. */
  public static final int MAGNITUDE_BITS = 0x7fff_ffff;

  /** How far the exponent field sits from the lowest bit. */
  public static final int MANTISSA_WIDTH = 23;

  /** How far the sign bit sits from the lowest bit; an arithmetic shift makes it a mask. */
  public static final int SIGN_SHIFT = 31;

  /** {@code 104f}: {@code exp(-104)} is below half the least float, {@code exp(104)} above all. */
  public static final int LIMIT_BITS = 0x42d0_0000;

  /** {@code -104f}. */
  public static final int MINUS_LIMIT_BITS = 0xc2d0_0000;

  /** {@code 20f}: from 17.4 up the sigmoid rounds to one. */
  public static final int SIGMOID_LIMIT_BITS = 0x41a0_0000;

  /**
   * Less the bits of a magnitude this is a NaN where that was one, and negative everywhere else
   * (the difference wraps round exactly past infinity). The signed maximum of it and the bits of a
   * result that is never negative therefore puts the NaNs back that a clamp took away.
   */
  public static final int NAN_FROM_MAGNITUDE = 0xff80_0000;

  /** As {@link #NAN_FROM_MAGNITUDE}, for a magnitude that has its sign bit set. */
  public static final int NAN_FROM_NEGATIVE = 0x7f80_0000;

  /** The float nearest to the binary logarithm of e. */
  public static final float LOG2_E = 0x1.715476p0f;

  /** Minus the float nearest to ln 2; in a fused multiply-add with n the product is exact. */
  public static final float MINUS_LN2_HIGH = -0x1.62e43p-1f;

  /** Minus what {@link #MINUS_LN2_HIGH} leaves of ln 2. */
  public static final float MINUS_LN2_LOW = 0x1.05c61p-29f;

  /**
   * 1.5 * 2^23 + 254. Adding it rounds to an integer n, to even at a tie, and leaves n + 254 in the
   * low bits: twice the exponent bias, one for each of the two powers of two that scale exp.
   */
  public static final float EXP_ROUNDER = 0x1.8001fcp23f;

  /** 1.5 * 2^23 + 127 - 26: leaves the exponent field of 2^(n-26) in the low bits. */
  public static final float SIGMOID_ROUNDER = 0x1.8000cap23f;

  /** 1.5 * 2^23 + 127: leaves the exponent field of 2^n in the low bits. */
  public static final float TANH_ROUNDER = 0x1.8000fep23f;

  /** 1.5 * 2^23 + 127 + 24: leaves the exponent field of 2^(n+24) in the low bits. */
  public static final float SOFTPLUS_ROUNDER = 0x1.80012ep23f;

  /**
   * Coefficient of r^2 in exp(r) = 1 + r + E2 r^2 + ... + E6 r^6 for |r| up to ln(2)/2: a minimax
   * fit of relative error 2^-28.2 in which each coefficient in turn, the lowest first, was rounded
   * to a float and the rest fitted anew.
   */
  public static final float E2 = 0x1.fffffcp-2f;

  /** Coefficient of r^3. */
  public static final float E3 = 0x1.55548cp-3f;

  /** Coefficient of r^4. */
  public static final float E4 = 0x1.555858p-5f;

  /** Coefficient of r^5. */
  public static final float E5 = 0x1.123dep-7f;

  /** Coefficient of r^6. */
  public static final float E6 = 0x1.6ac74ep-10f;

  /**
   * 2^-26, the one of 1 + exp(-x) in sigmoid: so much smaller, the sum and its reciprocal stay
   * clear of overflow and underflow for every x, and only the last product may be denormal.
   */
  public static final float SIGMOID_ONE = 0x1p-26f;

  /**
   * K = 7/4, the factor that softplus carries in t = K exp(-|x|). Where exp(-|x|) is just above a
   * power of two and its logarithm just below, half an ulp of the one is a whole ulp of the other.
   * The factor moves the binades of the two against each other so that this hardly happens, and it
   * costs no operation.
   */
  public static final float K = 0x1.cp0f;

  /** 2^-24, takes 2^24 t to t, and 2^24 times the logarithm to itself. */
  public static final float SOFTPLUS_SCALE = 0x1p-24f;

  /** Where the polynomial L0 ... L9 is centred: t - 1 is exact where t is large. */
  public static final float LOG_CENTRE = 1f;

  /**
   * Constant term of log(1 + t/K) / t - 1/2 as a polynomial of degree 9 in t - 1, for t from 0 to
   * K: a minimax fit of relative error 2^-27.7 (of the logarithm), rounded to floats and improved
   * by a search among the neighbours of its coefficients to 2^-27.2. Less the half it is at most
   * about a tenth, so that its rounding errors hardly show in the sum.
   */
  public static final float L0 = -0x1.89567ep-5f;

  /** Coefficient of (t - 1). */
  public static final float L1 = -0x1.69e06ap-4f;

  /** Coefficient of (t - 1)^2. */
  public static final float L2 = 0x1.6c4434p-6f;

  /** Coefficient of (t - 1)^3. */
  public static final float L3 = -0x1.969ddep-8f;

  /** Coefficient of (t - 1)^4. */
  public static final float L4 = 0x1.e0b538p-10f;

  /** Coefficient of (t - 1)^5. */
  public static final float L5 = -0x1.285b18p-11f;

  /** Coefficient of (t - 1)^6. */
  public static final float L6 = 0x1.715622p-13f;

  /** Coefficient of (t - 1)^7. */
  public static final float L7 = -0x1.9e3f38p-15f;

  /** Coefficient of (t - 1)^8. */
  public static final float L8 = 0x1.59433ap-16f;

  /** Coefficient of (t - 1)^9. */
  public static final float L9 = -0x1.94113cp-17f;

  /**
   * The bits of 1 - 2^-24. Taking it from a positive x and adding it again rounds x to a multiple
   * of 2^-24 if x is below 1/2 and gives back any other x unchanged. (With 1 itself the floats
   * between 2^24 and 2^25 would suffer.)
   */
  public static final int GRID_BITS = 0x3f7f_ffff;

  /** The bits of the float nearest to the square root of 1/2, where log's reduction begins. */
  public static final int LOG_FROM_BITS = 0x3f35_04f3;

  /** The mantissa's bits. */
  public static final int MANTISSA_BITS = 0x007f_ffff;

  /** The least float that is not denormal. */
  public static final int NORMAL_BITS = 0x0080_0000;

  /** The bits of 1. */
  public static final int ONE_BITS = 0x3f80_0000;

  /** What differs between the bits of 1 and of 2^24, the factor that makes a denormal normal. */
  public static final int DENORMAL_FACTOR_BITS = 0x4b80_0000 ^ ONE_BITS;

  /** The power of two in that factor. */
  public static final int DENORMAL_EXPONENT = 24;

  /** The bits of the largest finite float. */
  public static final int FINITE_BITS = 0x7f7f_ffff;

  /** The bits of minus infinity. */
  public static final int MINUS_INFINITY_BITS = 0xff80_0000;

  /** 1.5 * 2^23: its bits plus a small integer are those of the sum. */
  public static final float LOG_ROUNDER = 0x1.8p23f;

  /** The bits of {@link #LOG_ROUNDER}. */
  public static final int LOG_ROUNDER_BITS = 0x4b40_0000;

  /**
   * Constant term of (log(1 + r) - r + r^2/2) / r^3 as a polynomial of degree 8 in r, for 1 + r
   * from sqrt(1/2) to sqrt(2): a minimax fit of relative error 2^-30.3 (of the logarithm) in which
   * each coefficient in turn, the lowest first, was rounded to a float and the rest fitted anew.
   */
  public static final float G0 = 0x1.555548p-2f;

  /** Coefficient of r. */
  public static final float G1 = -0x1.000006p-2f;

  /** Coefficient of r^2. */
  public static final float G2 = 0x1.99a476p-3f;

  /** Coefficient of r^3. */
  public static final float G3 = -0x1.555c44p-3f;

  /** Coefficient of r^4. */
  public static final float G4 = 0x1.233ba4p-3f;

  /** Coefficient of r^5. */
  public static final float G5 = -0x1.fc28dap-4f;

  /** Coefficient of r^6. */
  public static final float G6 = 0x1.e6bfecp-4f;

  /** Coefficient of r^7. */
  public static final float G7 = -0x1.de0116p-4f;

  /** Coefficient of r^8. */
  public static final float G8 = 0x1.147268p-4f;

  private FunctionConstants() {}
}
