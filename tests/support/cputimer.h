#pragma once

#include <QtGlobal>

#include <ctime>

namespace headrace::test {

/** The processor time of this process: on a busy machine the same as on an idle one, as the wall clock is
    not. For tests that something does not grow with the square of its input; speed is for tests/bench. */
class CpuTimer
{
public:
    qint64 elapsed() const ///< Unit: milliseconds.
    {
        return qint64(double(std::clock() - m_start) * 1000 / CLOCKS_PER_SEC);
    }

private:
    std::clock_t m_start = std::clock();
};

} // namespace headrace::test
