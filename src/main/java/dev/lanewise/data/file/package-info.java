/**
 * Files written whole or not at all, and files that stay mapped and are watched meanwhile, whatever
 * is in them.
 */
package dev.lanewise.data.file;
