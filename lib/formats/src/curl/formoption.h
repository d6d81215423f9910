#pragma once

#include "curl/files.h"

namespace headrace::formats::curl {

/// Adds what an argument of -F asks for to \a parts: usually one, with "@a,b" more. False: curl would refuse it.
bool addFormParts(const QByteArray &argument, Files &files, QList<FormPart> &parts);

/// The same of --form-string, which takes its value as it is.
bool addFormString(const QByteArray &argument, QList<FormPart> &parts);

} // namespace headrace::formats::curl
