#include "http/lifeline.h"

namespace headrace::http {

// Not inline: gcc would warn of the address of a local variable that it sees stored here.
Lifeline::Watch::Watch(Lifeline &lifeline)
    : m_lifeline(&lifeline)
    , m_outer(lifeline.m_innermost)
{
    lifeline.m_innermost = this;
}

} // namespace headrace::http
