// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/cie_lab.h"

#include <array>
#include <cmath>
#include <numbers>

namespace adtailor {

namespace {

constexpr double radian = std::numbers::pi / 180;

double linearOf(std::uint8_t channel)
{
    static const auto table = [] {
        std::array<double, 256> values{};
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double value = static_cast<double>(i) / 255;
            values[i] = value > 0.04045 ? std::pow((value + 0.055) / 1.055, 2.4) : value / 12.92;
        }
        return values;
    }();
    return table[channel];
}

double cubeRootOrLine(double value)
{
    return value > 0.008856 ? std::cbrt(value) : 7.787 * value + 16.0 / 116;
}

double hueOf(double a, double b)
{
    const double hue = std::atan2(b, a);
    return hue < 0 ? hue + 2 * std::numbers::pi : hue;
}

double power7(double value)
{
    return std::pow(value, 7);
}

// In radians; chroma 0 has no hue.
struct Hues
{
    double difference = 0, mean = 0;
};

Hues compareHues(double left, double right, bool isGrey)
{
    if (isGrey)
        return { 0, left + right };
    Hues hues{ right - left, (left + right) / 2 };
    if (hues.difference > std::numbers::pi)
        hues.difference -= 2 * std::numbers::pi;
    else if (hues.difference < -std::numbers::pi)
        hues.difference += 2 * std::numbers::pi;
    if (std::abs(right - left) > std::numbers::pi)
        hues.mean += left + right < 2 * std::numbers::pi ? std::numbers::pi : -std::numbers::pi;
    return hues;
}

} // namespace

CieLab cieLab(const std::uint8_t* rgb)
{
    const double r = linearOf(rgb[0]), g = linearOf(rgb[1]), b = linearOf(rgb[2]);
    const double x = (0.412453 * r + 0.357580 * g + 0.180423 * b) / 0.95047;
    const double y = 0.212671 * r + 0.715160 * g + 0.072169 * b;
    const double z = (0.019334 * r + 0.119193 * g + 0.950227 * b) / 1.08883;
    const double fx = cubeRootOrLine(x), fy = cubeRootOrLine(y), fz = cubeRootOrLine(z);
    return { 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz) };
}

double ciede2000(const CieLab& left, const CieLab& right)
{
    const double chroma = (std::hypot(left.a, left.b) + std::hypot(right.a, right.b)) / 2;
    const double grow = 1.5 - 0.5 * std::sqrt(power7(chroma) / (power7(chroma) + power7(25)));
    const double leftA = left.a * grow, rightA = right.a * grow;
    const double leftC = std::hypot(leftA, left.b), rightC = std::hypot(rightA, right.b);
    const auto [hueDifference, hue]
        = compareHues(hueOf(leftA, left.b), hueOf(rightA, right.b), leftC * rightC == 0);

    const double meanC = (leftC + rightC) / 2;
    const double offset = std::pow((left.lightness + right.lightness) / 2 - 50, 2);
    const double t = 1 - 0.17 * std::cos(hue - 30 * radian) + 0.24 * std::cos(2 * hue)
        + 0.32 * std::cos(3 * hue + 6 * radian) - 0.20 * std::cos(4 * hue - 63 * radian);
    const double lightness
        = (right.lightness - left.lightness) / (1 + 0.015 * offset / std::sqrt(20 + offset));
    const double chromaTerm = (rightC - leftC) / (1 + 0.045 * meanC);
    const double hueTerm
        = 2 * std::sqrt(leftC * rightC) * std::sin(hueDifference / 2) / (1 + 0.015 * meanC * t);
    const double blue = 60 * radian * std::exp(-std::pow((hue / radian - 275) / 25, 2));
    const double rotation
        = -2 * std::sqrt(power7(meanC) / (power7(meanC) + power7(25))) * std::sin(blue);
    const double square = lightness * lightness + chromaTerm * chromaTerm + hueTerm * hueTerm
        + rotation * chromaTerm * hueTerm;
    return std::sqrt(std::max(square, 0.0));
}

} // namespace adtailor
