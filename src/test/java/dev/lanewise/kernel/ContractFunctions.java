// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

/**
 * The functions of the contract, written from "Functions, step by step" of {@code docs/contract.md}
 * alone: every line is a line of that page, under its names. It shares no code and no constants
 * with {@link Functions}, so that a mistake there cannot hide in the oracle.
 */
final class ContractFunctions {

  private ContractFunctions() {}

  static float exp(float x) {
    int b = bits(x);
    int m = b & 0x7fffffff;
    float y = number(Math.min(m, 0x42d00000) | (b & 0x80000000));
    Reduced reduced = reduce(y, 0x1.8001fcp23f);
    float p = expMinusOne(reduced.r) + 1;
    int i = bits(reduced.z);
    int j = i >> 1;
    float v = p * number(j << 23);
    v = v * number((i - j) << 23);
    return number(Math.max(bits(v), 0xff800000 - m));
  }

  static float sigmoid(float x) {
    int b = bits(x);
    int m = b & 0x7fffffff;
    int c = Math.min(b, 0x41a00000) ^ 0x80000000;
    float y = number(Math.min(c, 0x42d00000));
    Reduced reduced = reduce(y, 0x1.8000cap23f);
    float w = expMinusOne(reduced.r);
    float s = number(bits(reduced.z) << 23);
    float base = s + 0x1p-26f;
    float lost = s - base;
    lost = lost + 0x1p-26f;
    float part = Math.fma(w, s, lost);
    float d = base + part;
    float q = -1 / d;
    float e = Math.fma(q, base, 1);
    e = Math.fma(q, part, e);
    float v = Math.fma(q, e, q);
    v = v * -0x1p-26f;
    return number(Math.max(bits(v), 0xff800000 - m));
  }

  static float tanh(float x) {
    int b = bits(x);
    int m = b & 0x7fffffff;
    float y = number(Math.min(m, 0x41a00000)) * -2;
    Reduced reduced = reduce(y, 0x1.8000fep23f);
    float s = number(bits(reduced.z) << 23);
    float w = expMinusOne(reduced.r);
    float t = Math.fma(s, w, s - 1);
    int v = bits(t / (t + 2)) & 0x7fffffff;
    return number(Math.max(v, 0xff800000 - m) | (b & 0x80000000));
  }

  static float softplus(float x) {
    int k = bits(x) >> 31;
    float g = number((k & 0x3f7fffff) ^ 0x3f7fffff);
    float f = x - g;
    f = f + g;
    int b = bits(f);
    float positive = number(Math.max(b, 0));
    int m = b | 0x80000000;
    float y = number(Math.min(m, 0xc2d00000));
    Reduced reduced = reduce(y, 0x1.80012ep23f);
    float w = expMinusOne(reduced.r);
    float p = Math.fma(w, 0x1.cp0f, 0x1.cp0f);
    float large = p * number(bits(reduced.z) << 23);
    float t = large * 0x1p-24f;
    float h = large * 0x1p-1f;
    float u = t - 1;
    float s = u * u;
    float o = Math.fma(s, -0x1.94113cp-17f, -0x1.9e3f38p-15f);
    float e = Math.fma(s, 0x1.59433ap-16f, 0x1.715622p-13f);
    o = Math.fma(o, s, -0x1.285b18p-11f);
    e = Math.fma(e, s, 0x1.e0b538p-10f);
    o = Math.fma(o, s, -0x1.969ddep-8f);
    e = Math.fma(e, s, 0x1.6c4434p-6f);
    o = Math.fma(o, s, -0x1.69e06ap-4f);
    float q = Math.fma(e, u, o);
    q = Math.fma(q, u, -0x1.89567ep-5f);
    float l = Math.fma(large, q, h);
    float v = Math.fma(l, 0x1p-24f, positive);
    return number(Math.max(bits(v), 0x7f800000 - m));
  }

  static float log(float x) {
    return log(x, 0);
  }

  static float log1p(float x) {
    float f = number(Math.min(bits(x), 0x7f7fffff));
    float u = 1 + f;
    float lost = f - (u - 1);
    return log(1 + x, lost / u);
  }

  /** log, with what log1p adds in the line of l; 0 changes no bit of it. */
  private static float log(float x, float added) {
    int b = bits(x);
    int k = (b - 0x00800000) >> 31;
    int u = bits(x * number((k & 0x74000000) ^ 0x3f800000));
    int a = u - 0x3f3504f3;
    int i = (a >> 23) - (k & 24);
    float n = number(i + 0x4b400000) - 0x1.8p23f;
    float r = number((a & 0x007fffff) + 0x3f3504f3) - 1;
    float s = r * r;
    float e = Math.fma(s, 0x1.147268p-4f, 0x1.e6bfecp-4f);
    float o = Math.fma(s, -0x1.de0116p-4f, -0x1.fc28dap-4f);
    e = Math.fma(e, s, 0x1.233ba4p-3f);
    o = Math.fma(o, s, -0x1.555c44p-3f);
    e = Math.fma(e, s, 0x1.99a476p-3f);
    o = Math.fma(o, s, -0x1.000006p-2f);
    e = Math.fma(e, s, 0x1.555548p-2f);
    float g = Math.fma(o, r, e);
    float c = s * Math.fma(g, r, -0x1p-1f);
    float l = Math.fma(n, -0x1.05c61p-29f, c) + added;
    int v = bits(Math.fma(n, 0x1.62e43p-1f, r + l));
    int zero = ((b & 0x7fffffff) - 1) >> 31;
    int negative = (b & (b - 1)) >> 31;
    int t = b | (zero & 0xff800000) | negative;
    int q = ((b - 1) | (0x7f7fffff - b)) >> 31;
    return number(((v ^ t) & q) ^ v);
  }

  /** The first two lines that three functions share. */
  private record Reduced(float z, float r) {}

  private static Reduced reduce(float y, float rounder) {
    float z = Math.fma(y, 0x1.715476p0f, rounder);
    float n = z - rounder;
    float h = Math.fma(n, -0x1.62e43p-1f, y);
    float r = Math.fma(n, 0x1.05c61p-29f, h);
    return new Reduced(z, r);
  }

  private static float expMinusOne(float r) {
    float s = r * r;
    float a = Math.fma(r, 0x1.123dep-7f, 0x1.555858p-5f);
    a = Math.fma(s, 0x1.6ac74ep-10f, a);
    float b = Math.fma(r, 0x1.55548cp-3f, 0x1.fffffcp-2f);
    float q = Math.fma(a, s, b);
    return Math.fma(q, s, r);
  }

  private static int bits(float f) {
    return Float.floatToRawIntBits(f);
  }

  /** The contract's {@code float(i)}. */
  private static float number(int i) {
    return Float.intBitsToFloat(i);
  }
}
