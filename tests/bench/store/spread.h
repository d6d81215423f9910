#pragma once

#include <algorithm>
#include <cstdio>
#include <vector>

namespace bench {

/// Figures of one kind, and their median, 99th percentile and maximum as `name_p50 number` and so on.
class Spread
{
public:
    void add(double figure) { m_figures.push_back(figure); }

    void print(const char *name)
    {
        if (m_figures.empty())
            return;
        std::sort(m_figures.begin(), m_figures.end());
        const auto at = [this](double share) {
            return m_figures[std::min(
                m_figures.size() - 1, size_t(share * double(m_figures.size())))];
        };
        std::printf("%s_p50 %.3f\n%s_p99 %.3f\n%s_max %.3f\n", name, at(0.5), name, at(0.99), name,
            m_figures.back());
    }

private:
    std::vector<double> m_figures;
};

} // namespace bench
