#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace headrace::http {

/** A call to be made later: as std::function<void()>, but it need not be copied, so what it captures may
    be moved in, and captures of up to Room octets need no heap block of their own. */
class Task
{
public:
    static constexpr std::size_t Room = 6 * sizeof(void *);

    template <typename Callable>
        requires(!std::is_same_v<std::remove_cvref_t<Callable>, Task>)
    Task(Callable &&callable)
    {
        using Held = std::remove_cvref_t<Callable>;
        if constexpr (fits<Held>()) {
            ::new (m_room) Held(std::forward<Callable>(callable));
            m_kind = &kindOf<InPlace<Held>>;
        } else {
            using Pointer = std::unique_ptr<Held>;
            ::new (m_room) Pointer(std::make_unique<Held>(std::forward<Callable>(callable)));
            m_kind = &kindOf<OnHeap<Held>>;
        }
    }

    Task(Task &&other) noexcept
        : m_kind(other.m_kind)
    {
        m_kind->move(m_room, other.m_room);
    }

    ~Task() { m_kind->destroy(m_room); }

    Task &operator=(Task &&) = delete;

    void operator()() { m_kind->call(m_room); }

private:
    struct Kind
    {
        void (*call)(std::byte *room);
        void (*move)(std::byte *to, std::byte *from) noexcept;
        void (*destroy)(std::byte *room) noexcept;
    };

    template <typename Held>
    struct InPlace
    {
        using Stored = Held;

        static void call(Stored &stored) { stored(); }
    };

    template <typename Held>
    struct OnHeap
    {
        using Stored = std::unique_ptr<Held>;

        static void call(Stored &stored) { (*stored)(); }
    };

    template <typename Held>
    static constexpr bool fits()
    {
        return sizeof(Held) <= Room && alignof(Held) <= alignof(std::max_align_t)
            && std::is_nothrow_move_constructible_v<Held>;
    }

    template <typename Place>
    static auto &storedIn(std::byte *room)
    {
        return *std::launder(reinterpret_cast<typename Place::Stored *>(room));
    }

    template <typename Place>
    static constexpr Kind kindOf {
        [](std::byte *room) { Place::call(storedIn<Place>(room)); },
        [](std::byte *to, std::byte *from) noexcept {
            ::new (to) typename Place::Stored(std::move(storedIn<Place>(from)));
        },
        [](std::byte *room) noexcept { std::destroy_at(&storedIn<Place>(room)); },
    };

    const Kind *m_kind;
    alignas(std::max_align_t) std::byte m_room[Room];
};

} // namespace headrace::http
