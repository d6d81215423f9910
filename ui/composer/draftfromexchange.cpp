#include "composer/draftfromexchange.h"

#include <formats/request.h>
#include <session/draftconversion.h>

#include <QCoreApplication>

namespace headrace::ui {

session::RequestDraft draftFromExchange(const exchange::Exchange &exchange, QString *lost)
{
    QString missing;
    formats::Request request = formats::requestOf(exchange, &missing);
    if (!missing.isEmpty()) {
        missing = QCoreApplication::translate("DraftFromExchange",
            "Only a part of the request body was recorded, so it is not taken over.");
        request.bodyKind = formats::Request::BodyKind::None;
    }
    if (lost)
        *lost = missing;
    return session::draftOf(request, session::Automatic::Recognized);
}

} // namespace headrace::ui
