// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/white_matte.h"

#include <algorithm>
#include <array>

namespace adtailor::imaging {

namespace {

// JPEG noise on a white ground stays within a few levels of 255.
constexpr int nearWhite = 244;
constexpr double plainBorderShare = 0.97;
constexpr double smallestProduct = 0.002; // share of the canvas
constexpr int edgeReach = 2; // pixels of blur between product and ground

int darkest(const std::uint8_t* pixel)
{
    return std::min({ pixel[0], pixel[1], pixel[2] });
}

enum Zone : std::uint8_t { Product, Edge, Ground };

// Which pixels are ground: near-white and connected to the border.
class GroundMap
{
public:
    explicit GroundMap(const Image& image)
        : m_image(image)
        , m_zones(static_cast<std::size_t>(image.width()) * image.height(), Product)
    {
        for (int x = 0; x < image.width(); ++x) {
            seed(x, 0);
            seed(x, image.height() - 1);
        }
        for (int y = 0; y < image.height(); ++y) {
            seed(0, y);
            seed(image.width() - 1, y);
        }
        while (!m_open.empty()) {
            const Point point = m_open.back();
            m_open.pop_back();
            growSpan(point);
        }
    }

    Zone zone(int x, int y) const { return static_cast<Zone>(m_zones[index(x, y)]); }
    void markEdge(int x, int y) { m_zones[index(x, y)] = Edge; }
    bool isGround(int x, int y) const
    {
        return x >= 0 && y >= 0 && x < m_image.width() && y < m_image.height()
            && zone(x, y) == Ground;
    }
    bool isProduct(int x, int y) const
    {
        return x >= 0 && y >= 0 && x < m_image.width() && y < m_image.height()
            && zone(x, y) == Product;
    }
    double productShare() const
    {
        const auto ground = std::count(m_zones.begin(), m_zones.end(), Ground);
        return 1.0 - static_cast<double>(ground) / static_cast<double>(m_zones.size());
    }

private:
    struct Point
    {
        int x, y;
    };

    std::size_t index(int x, int y) const
    {
        return static_cast<std::size_t>(y) * m_image.width() + x;
    }
    bool isOpen(int x, int y) const
    {
        return m_zones[index(x, y)] == Product
            && darkest(m_image.row(y) + static_cast<std::size_t>(x) * m_image.channels())
            >= nearWhite;
    }
    void seed(int x, int y)
    {
        if (isOpen(x, y))
            m_open.push_back({ x, y });
    }

    // Fills the whole horizontal run and queues the starts of runs above and below.
    void growSpan(Point point)
    {
        if (!isOpen(point.x, point.y))
            return;
        int left = point.x;
        while (left > 0 && isOpen(left - 1, point.y))
            --left;
        int right = point.x;
        while (right + 1 < m_image.width() && isOpen(right + 1, point.y))
            ++right;
        for (int x = left; x <= right; ++x)
            m_zones[index(x, point.y)] = Ground;
        for (const int y : { point.y - 1, point.y + 1 }) {
            if (y < 0 || y >= m_image.height())
                continue;
            for (int x = left; x <= right; ++x) {
                if (isOpen(x, y) && (x == left || !isOpen(x - 1, y)))
                    m_open.push_back({ x, y });
            }
        }
    }

    const Image& m_image;
    std::vector<std::uint8_t> m_zones;
    std::vector<Point> m_open;
};

bool hasPlainWhiteBorder(const Image& image)
{
    std::size_t white = 0;
    std::size_t all = 0;
    const auto count = [&](int x, int y) {
        ++all;
        white
            += darkest(image.row(y) + static_cast<std::size_t>(x) * image.channels()) >= nearWhite;
    };
    for (int x = 0; x < image.width(); ++x) {
        count(x, 0);
        count(x, image.height() - 1);
    }
    for (int y = 0; y < image.height(); ++y) {
        count(0, y);
        count(image.width() - 1, y);
    }
    return static_cast<double>(white) >= plainBorderShare * static_cast<double>(all);
}

void markEdges(GroundMap& map, const Image& image)
{
    std::vector<std::array<int, 2>> edges;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (map.zone(x, y) != Product)
                continue;
            bool near = false;
            for (int d = 1; d <= edgeReach && !near; ++d)
                near = map.isGround(x - d, y) || map.isGround(x + d, y) || map.isGround(x, y - d)
                    || map.isGround(x, y + d);
            if (near)
                edges.push_back({ x, y });
        }
    }
    for (const auto& [x, y] : edges)
        map.markEdge(x, y);
}

// The product's own colour beside an edge pixel: the darkest inner pixel in reach.
const std::uint8_t* innerColour(const GroundMap& map, const Image& image, int x, int y)
{
    const std::uint8_t* best = nullptr;
    constexpr int reach = edgeReach + 1;
    for (int v = y - reach; v <= y + reach; ++v) {
        for (int u = x - reach; u <= x + reach; ++u) {
            if (!map.isProduct(u, v))
                continue;
            const std::uint8_t* pixel
                = image.row(v) + static_cast<std::size_t>(u) * image.channels();
            if (best == nullptr || darkest(pixel) < darkest(best))
                best = pixel;
        }
    }
    return best;
}

// An edge pixel is product mixed with white: alpha from how far it is from white, and the colour
// with the white taken out again.
void solveEdge(const std::uint8_t* pixel, const std::uint8_t* inner, std::uint8_t* out)
{
    const int reference = inner != nullptr ? darkest(inner) : darkest(pixel);
    const double alpha = reference >= 250
        ? 1.0
        : std::clamp((255.0 - darkest(pixel)) / (255.0 - reference), 0.0, 1.0);
    out[3] = static_cast<std::uint8_t>(alpha * 255 + 0.5);
    for (int c = 0; c < 3; ++c) {
        const double colour = alpha > 0 ? (pixel[c] - 255.0 * (1 - alpha)) / alpha : 0.0;
        out[c] = static_cast<std::uint8_t>(std::clamp(colour + 0.5, 0.0, 255.0));
    }
}

Image matted(const Image& image, const GroundMap& map)
{
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(image.width()) * image.height() * 4);
    std::uint8_t* out = pixels.data();
    for (int y = 0; y < image.height(); ++y) {
        const std::uint8_t* pixel = image.row(y);
        for (int x = 0; x < image.width(); ++x, pixel += image.channels(), out += 4) {
            if (map.zone(x, y) == Ground)
                continue;
            if (map.zone(x, y) == Edge) {
                solveEdge(pixel, innerColour(map, image, x, y), out);
                continue;
            }
            std::copy_n(pixel, 3, out);
            out[3] = 255;
        }
    }
    return Image(image.width(), image.height(), 4, std::move(pixels));
}

} // namespace

std::optional<Image> removeWhiteBackground(const Image& image)
{
    if (image.isEmpty() || !hasPlainWhiteBorder(image))
        return std::nullopt;
    GroundMap map(image);
    const double share = map.productShare();
    if (share < smallestProduct || share > 1 - smallestProduct)
        return std::nullopt;
    markEdges(map, image);
    return matted(image, map);
}

} // namespace adtailor::imaging
