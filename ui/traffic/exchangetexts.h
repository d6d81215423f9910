#pragma once

#include "traffic/bodysaver.h"

#include <exchange/store.h>
#include <formats/code.h>

class QDir;

namespace headrace::ui {

// What is copied of exchanges of a store, and where their bodies are saved. However many they are, a page of
// them is in memory at a time; texts end beyond 64 Mi characters. Ids that are gone are left out. Thread: any.

QString urlsOf(
    const exchange::Store &store, const QList<exchange::ExchangeId> &ids); ///< A line each.

/// The requests in another notation.
QString codeOf(const exchange::Store &store, const QList<exchange::ExchangeId> &ids,
    formats::CodeTarget target);

/// All octets of a message (as Sink::setHead()) of each, one after the other, as they can be shown.
QString rawTextOf(
    const exchange::Store &store, const QList<exchange::ExchangeId> &ids, int message);

/// A file in \a folder for the body of each: its number and BodySaver::fileName().
QList<BodySaver::Job> saveJobs(const exchange::Store &store, const QList<exchange::ExchangeId> &ids,
    int message, const QDir &folder);

} // namespace headrace::ui
