#pragma once

#include "session/requestdraft.h"

#include <formats/request.h>

#include <QStringList>

namespace headrace::session {

/// What becomes of fields of a request that a draft can have by itself.
enum class Automatic
{
    Given, ///< They stay fields, so that place and spelling are kept to the octet.
    Recognized ///< Those that would be the same become automatic: they follow what is edited later.
};

/// The draft that sends \a request.
RequestDraft draftOf(const formats::Request &request, Automatic automatic);

/// What a draft does not do as \a request asks for it; a sentence each, for people.
QStringList shortcomingsOf(const formats::Request &request);

/// What \a draft sends, as prepare() makes it, to be written in another notation. Automatic fields are among its fields. A
/// form without boundary gets one that is the same each time. \a draft must have no problems().
formats::Request requestOf(const RequestDraft &draft);

} // namespace headrace::session
