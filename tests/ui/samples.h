#pragma once

#include <exchange/memorystore.h>

#include <QByteArray>

namespace headrace::ui::samples {

/// What a sample exchange is like; the rest is made up, always the same.
struct Sample
{
    QString method = QStringLiteral("GET");
    QString host = QStringLiteral("api.example.test");
    QString target = QStringLiteral("/v1/items");
    int statusCode = 200; ///< 0: no response.
    QByteArray reason = "OK";
    exchange::FieldList requestFields { { "Host", "api.example.test" }, { "Accept", "*/*" } };
    exchange::FieldList fields { { "Content-Type", "application/json" }, { "X-A", "1" },
        { "x-a", "2" } };
    QByteArray requestBody {};
    QByteArray body = R"({"b":1,"a":[true,null]})";
    exchange::FieldList trailers {};
    bool hasEarlyHints = false;
    QString errorCode {}; ///< Not empty: it failed.
    QString errorMessage {};
};

/// Begins an exchange: request sent, nothing answered.
exchange::ExchangeId begin(exchange::MemoryStore &store, const Sample &sample);

/// Answers and ends it.
void finish(exchange::MemoryStore &store, exchange::ExchangeId id, const Sample &sample);

/// Both.
exchange::ExchangeId add(exchange::MemoryStore &store, const Sample &sample = {});

} // namespace headrace::ui::samples
