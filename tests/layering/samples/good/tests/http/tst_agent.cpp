#include <http/agent.h>
#include <wire/fields.h>

#include "tst_agent.moc"
